import { useEffect, useEffectEvent } from "react";
import { isComposing } from "./combobox";

type FieldEvents = {
  /** The listening begins. */
  onReady: () => void;
  /** A key that no input method claims. */
  onKey: (event: KeyboardEvent) => void;
  /** The text changed and no word is being composed. */
  onTyped: () => void;
  onPress: () => void;
  /** The focus left the whole form. */
  onLeave: () => void;
  onSubmit: () => void;
};

/** Listens to a text field that another component has drawn, and to its form. */
export function useFieldEvents(input: HTMLInputElement, events: FieldEvents): void {
  const ready = useEffectEvent(() => events.onReady());
  const key = useEffectEvent((event: KeyboardEvent) => {
    if (!isComposing(event)) events.onKey(event);
  });
  const typed = useEffectEvent((event: Event) => {
    if (!(event instanceof InputEvent && event.isComposing)) events.onTyped();
  });
  const press = useEffectEvent(() => events.onPress());
  const leave = useEffectEvent((event: FocusEvent) => {
    const isInside = event.relatedTarget instanceof Node && input.form?.contains(event.relatedTarget);
    if (isInside !== true) events.onLeave();
  });
  const submit = useEffectEvent(() => events.onSubmit());

  useEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const { form } = input;
    input.addEventListener("keydown", (event) => key(event), { signal });
    input.addEventListener("input", (event) => typed(event), { signal });
    input.addEventListener("compositionend", (event) => typed(event), { signal });
    input.addEventListener("click", () => press(), { signal });
    form?.addEventListener("focusout", (event) => leave(event), { signal });
    form?.addEventListener("submit", () => submit(), { signal });
    ready();
    return () => listening.abort();
  }, [input]);
}
