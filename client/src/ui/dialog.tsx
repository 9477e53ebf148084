import { useId, type ReactNode } from "react";
import { useModal } from "@/lib/use-modal";

type DialogProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** The answers, the expected one first. */
  actions: ReactNode;
  children: ReactNode;
};

/** A question in the middle of the page, for the few things that no undo can bring back. */
export function Dialog({ title, isOpen, onClose, actions, children }: DialogProps) {
  const dialog = useModal(isOpen);
  const titleId = useId();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-swatch border border-line bg-surface p-0 shadow-floating"
    >
      {isOpen && (
        <div className="grid gap-4 p-6">
          <h2 id={titleId} className="text-22">
            {title}
          </h2>
          <div className="text-ink-2">{children}</div>
          <div className="flex flex-wrap gap-3">{actions}</div>
        </div>
      )}
    </dialog>
  );
}
