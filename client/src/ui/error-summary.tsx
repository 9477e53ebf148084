import { useEffect, useRef } from "react";
import { fieldId } from "./field";

export type SummaryEntry = { field: string | null; text: string };

/** After a refused form: takes the focus and links to each field, in the words that stand beside it. */
export function ErrorSummary({ title, entries }: { title: string; entries: SummaryEntry[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (entries.length > 0) box.current?.focus();
  }, [entries]);
  if (entries.length === 0) return null;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      aria-labelledby="error-summary-title"
      className="rounded-field border-2 border-bad bg-surface p-4"
    >
      <h2 id="error-summary-title" className="text-18">
        {title}
      </h2>
      <ul className="mt-2 grid gap-1">
        {entries.map((entry) => (
          <li key={entry.text}>
            {entry.field === null ? (
              entry.text
            ) : (
              <a className="link" href={`#${fieldId(entry.field)}`}>
                {entry.text}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
