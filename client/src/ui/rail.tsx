import { useId, useRef, type ReactNode } from "react";
import { Icon } from "./icon";
import { isRightToLeft } from "@/lib/language";

type RailProps = {
  title: string;
  /** Said once for the whole rail. */
  reason?: string | undefined;
  /** Draws the nape: only for what was learned about this shopper. */
  isLearned?: boolean;
  action?: ReactNode;
  children: ReactNode;
};

export function Rail({ title, reason, isLearned = false, action, children }: RailProps) {
  const titleId = useId();
  const shelf = useRef<HTMLDivElement>(null);
  const scroll = (pages: number) => {
    const box = shelf.current;
    if (box === null) return;
    const isCalm = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const along = isRightToLeft() ? -pages : pages;
    box.scrollBy({ left: along * box.clientWidth * 0.9, behavior: isCalm ? "auto" : "smooth" });
  };
  return (
    <section aria-labelledby={titleId} className={isLearned ? "learned" : undefined}>
      {isLearned ? <div className="nape" /> : <div className="mb-0.5 h-px bg-line" />}
      <div className="mt-5 mb-4 flex items-end justify-between gap-4">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1">
          <h2 id={titleId} className="text-28">
            {title}
          </h2>
          {reason !== undefined && <p className="text-ink-2">{reason}</p>}
        </div>
        <div className="flex shrink-0 items-center gap-1">
          {action}
          <span className="hidden lg:flex" aria-hidden="true">
            <ShelfArrow direction={-1} onPress={scroll} />
            <ShelfArrow direction={1} onPress={scroll} />
          </span>
        </div>
      </div>
      <div ref={shelf} className="shelf">
        {children}
      </div>
    </section>
  );
}

/** For the mouse only: with the keyboard the shelf follows the focus. */
function ShelfArrow({ direction, onPress }: { direction: 1 | -1; onPress: (pages: number) => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`button grid size-9 place-items-center rounded-full hover:bg-wash ${direction < 0 ? "rotate-180" : ""}`}
      onClick={() => onPress(direction)}
    >
      <Icon name="arrow" size={18} />
    </button>
  );
}
