import { useId, type ReactNode } from "react";
import { useModal } from "@/lib/use-modal";
import { IconButton } from "./button";
import { Icon } from "./icon";
import { words } from "@/lib/words/words";

type DrawerProps = {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  side?: "end" | "start";
  footer?: ReactNode;
  children: ReactNode;
};

/** The platform's dialog: Escape, the backdrop and focus back to the opener come with it. */
export function Drawer({ title, isOpen, onClose, side = "end", footer, children }: DrawerProps) {
  const dialog = useModal(isOpen);
  const titleId = useId();

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      data-side={side}
      onClose={onClose}
      className={`drawer fixed inset-y-0 m-0 h-dvh max-h-none w-[min(27rem,100vw)] max-w-none bg-surface shadow-floating ${side === "end" ? "start-auto end-0 ms-auto" : "start-0 end-auto me-auto"}`}
    >
      {isOpen && (
        <div className="flex h-full flex-col">
          <div className="flex items-center justify-between border-b border-line py-2 ps-6 pe-3">
            <h2 id={titleId} className="text-22">
              {title}
            </h2>
            <IconButton label={words.shell.close} onClick={onClose}>
              <Icon name="close" />
            </IconButton>
          </div>
          <div className="grow overflow-y-auto px-6 py-4">{children}</div>
          {footer !== undefined && <div className="border-t border-line px-6 py-4">{footer}</div>}
        </div>
      )}
    </dialog>
  );
}
