import { useEffect, useRef, type RefObject } from "react";

/** Opens the platform's dialog as a modal: Escape and focus back to the opener come with it. */
export function useModal(isOpen: boolean): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const box = dialog.current;
    if (box === null) return;
    if (isOpen && !box.open) box.showModal();
    if (!isOpen && box.open) box.close();
  }, [isOpen]);

  // The keyboard has Escape; a click beside the panel lands on the dialog itself.
  useEffect(() => {
    const box = dialog.current;
    const closeOnBackdrop = (event: MouseEvent) => {
      if (event.target === box) box?.close();
    };
    box?.addEventListener("click", closeOnBackdrop);
    return () => box?.removeEventListener("click", closeOnBackdrop);
  }, []);

  return dialog;
}
