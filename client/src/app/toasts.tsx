import { useCallback, useEffect } from "react";
import { createPortal } from "react-dom";
import { useDispatch, useSelector } from "react-redux";
import { announcer } from "@/lib/announcer";
import { selectToasts, toastDismissed } from "@/lib/toasts-slice";
import { useTopLayer } from "@/lib/use-top-layer";
import { ToastRegion } from "@/ui/toast-region";

export function Toasts() {
  const toasts = useSelector(selectToasts);
  const host = useTopLayer();
  const dispatch = useDispatch();
  const latest = toasts.at(-1);

  useEffect(() => {
    if (latest?.tone === "problem") announcer.announce(latest.text);
  }, [latest]);

  const dismiss = useCallback((id: string) => dispatch(toastDismissed(id)), [dispatch]);
  const undo = useCallback(
    (id: string) => {
      const action = toasts.find((toast) => toast.id === id)?.undo;
      if (action !== undefined) dispatch(action);
      dispatch(toastDismissed(id));
    },
    [dispatch, toasts],
  );

  return createPortal(
    <ToastRegion
      toasts={toasts.map(({ id, text, tone, lang, undo: action }) => ({
        id,
        text,
        tone,
        lang,
        canUndo: action !== undefined,
      }))}
      onUndo={undo}
      onDismiss={dismiss}
    />,
    host,
  );
}
