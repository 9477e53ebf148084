import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

export type Tab = { id: string; title: string; content: ReactNode };

const KEYS: Readonly<Record<string, (place: number, count: number) => number>> = {
  ArrowRight: (place, count) => (place + 1) % count,
  ArrowLeft: (place, count) => (place - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** One tab stop; the arrows choose, as the ARIA pattern has it. From right to left the arrows follow the eye. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(0);
  const chosen = tabs[place];

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const isMirrored = event.currentTarget.matches(":dir(rtl)");
    const mirrored: Readonly<Record<string, string>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
    const move = KEYS[isMirrored ? (mirrored[event.key] ?? event.key) : event.key];
    if (move === undefined) return;
    event.preventDefault();
    const next = move(place, tabs.length);
    setPlace(next);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };

  if (chosen === undefined) return null;
  return (
    <div>
      <div
        ref={list}
        role="tablist"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={onKeyDown}
        className="flex gap-6 border-b border-line"
      >
        {tabs.map((tab, index) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={index === place}
            aria-controls={`${base}-panel`}
            tabIndex={index === place ? 0 : -1}
            onClick={() => setPlace(index)}
            className="-mb-px min-h-11 border-b-3 border-transparent px-1 aria-selected:border-ink aria-selected:font-semibold"
          >
            {tab.title}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${base}-panel`}
        aria-labelledby={`${base}-${chosen.id}`}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a panel without controls must be reachable
        tabIndex={0}
        className="py-4"
      >
        {chosen.content}
      </div>
    </div>
  );
}
