import { useEffect } from "react";
import { IconButton } from "./button";
import { Icon } from "./icon";
import { words } from "@/lib/words/words";

const SHOWN_FOR_MS = 8000;

export type ShownToast = {
  id: string;
  text: string;
  tone: "plain" | "problem";
  lang?: "en" | undefined;
  canUndo: boolean;
};

type ToastActions = { onUndo: (id: string) => void; onDismiss: (id: string) => void };

function ToastBox({ toast, onUndo, onDismiss }: ToastActions & { toast: ShownToast }) {
  useEffect(() => {
    const timer = setTimeout(() => onDismiss(toast.id), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [toast.id, onDismiss]);
  return (
    <div className="toast pointer-events-auto flex items-center gap-2 rounded-full bg-action py-1 ps-5 pe-1 text-on-action shadow-floating">
      <span className="py-2" lang={toast.lang}>
        {toast.text}
      </span>
      {toast.canUndo && (
        <button
          type="button"
          className="min-h-11 rounded-full px-3 font-semibold underline underline-offset-4"
          onClick={() => onUndo(toast.id)}
        >
          {words.shell.undo}
        </button>
      )}
      <span className="[&>button]:hover:bg-action-hover">
        <IconButton label={words.shell.dismiss} onClick={() => onDismiss(toast.id)}>
          <Icon name="close" size={18} />
        </IconButton>
      </span>
    </div>
  );
}

/** Notes at the foot of the page, eight seconds each, with a way back. They are spoken by the live region. */
export function ToastRegion({ toasts, onUndo, onDismiss }: ToastActions & { toasts: ShownToast[] }) {
  if (toasts.length === 0) return null;
  return (
    <section
      aria-label={words.shell.notes}
      className="toasts no-print pointer-events-none fixed inset-x-4 bottom-4 z-(--layer-toast) flex flex-col items-center gap-2"
    >
      {toasts.map((toast) => (
        <ToastBox key={toast.id} toast={toast} onUndo={onUndo} onDismiss={onDismiss} />
      ))}
    </section>
  );
}
