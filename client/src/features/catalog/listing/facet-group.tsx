import { useState, type ReactNode } from "react";
import type { Facet } from "@/api/generated";
import { formatCount, say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

const SHOWN_AT_FIRST = 8;

/** One filter heading with its boxes. */
export function FacetFieldset({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="border-t border-line py-4">
      <legend className="float-start mb-2 w-full font-title text-16 font-bold">{title}</legend>
      <div className="clear-both grid">{children}</div>
    </fieldset>
  );
}

type FacetCheckboxProps = {
  label: string;
  count?: number | undefined;
  isChecked: boolean;
  onToggle: () => void;
};

export function FacetCheckbox({ label, count, isChecked, onToggle }: FacetCheckboxProps) {
  return (
    <label className="flex min-h-9 items-center gap-2.5">
      <input type="checkbox" className="size-4.5" checked={isChecked} onChange={onToggle} />
      <span className="grow">{label}</span>
      {count !== undefined && (
        <span className="text-14 text-ink-2">
          {formatCount(count)}
          <span className="sr-only"> {words.listing.ofListings}</span>
        </span>
      )}
    </label>
  );
}

type FacetGroupProps = {
  title: string;
  values: Facet["values"];
  chosen: string[];
  onToggle: (value: string) => void;
};

/** Chosen values stay where they are, with a tick, even when nothing of them is left. */
export function FacetGroup({ title, values, chosen, onToggle }: FacetGroupProps) {
  const [isLong, setIsLong] = useState(false);
  const missing = chosen.filter((value) => values.every((known) => known.value !== value));
  const all = [...values, ...missing.map((value) => ({ value, label: value, count: 0 }))];
  const shown = isLong
    ? all
    : all.filter((known, index) => index < SHOWN_AT_FIRST || chosen.includes(known.value));
  if (all.length === 0) return null;
  return (
    <FacetFieldset title={title}>
      {shown.map((known) => (
        <FacetCheckbox
          key={known.value}
          label={known.label}
          count={known.count}
          isChecked={chosen.includes(known.value)}
          onToggle={() => onToggle(known.value)}
        />
      ))}
      {all.length > SHOWN_AT_FIRST && (
        <button
          type="button"
          className="link min-h-9 justify-self-start text-14"
          aria-expanded={isLong}
          onClick={() => setIsLong(!isLong)}
        >
          {isLong ? words.listing.fewer : say(words.listing.all, { count: all.length })}
        </button>
      )}
    </FacetFieldset>
  );
}
