import { useState, type FormEvent } from "react";
import type { Facet } from "@/api/generated";
import { cleanAmount } from "@/lib/filters";
import { FacetCheckbox, FacetFieldset } from "./facet-group";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { formatAmount } from "@/lib/money";

type Range = { minPrice: string; maxPrice: string };
type PriceFilterProps = { range: Range; values: Facet["values"]; onChange: (range: Range) => void };

function rangeOf(value: string): Range {
  const [minPrice = "", maxPrice = ""] = value.split("-");
  return { minPrice: minPrice === "0" ? "" : minPrice, maxPrice };
}

const price = (amount: string) => formatAmount(amount, "EUR");

/** The steps meet: one that ends at 99.99 reads as ending at 100. */
function stepLabel({ minPrice, maxPrice }: Range): string {
  const end = price(String(Math.ceil(Number(maxPrice))));
  if (minPrice === "") return say(words.listing.under, { price: end });
  if (maxPrice === "") return say(words.listing.andMore, { price: price(minPrice) });
  return say(words.listing.range, { low: price(minPrice), high: end });
}

const isSame = (a: Range, b: Range) => a.minPrice === b.minPrice && a.maxPrice === b.maxPrice;
const ANY: Range = { minPrice: "", maxPrice: "" };

/** Ready-made ranges with counts, or two typed amounts. */
export function PriceFilter({ range, values, onChange }: PriceFilterProps) {
  return (
    <FacetFieldset title={words.listing.price}>
      {values.map((known) => {
        const own = rangeOf(known.value);
        const isChecked = isSame(own, range);
        return (
          <FacetCheckbox
            key={known.value}
            label={stepLabel(own)}
            count={known.count}
            isChecked={isChecked}
            onToggle={() => onChange(isChecked ? ANY : own)}
          />
        );
      })}
      <TypedRange key={`${range.minPrice}-${range.maxPrice}`} range={range} onChange={onChange} />
    </FacetFieldset>
  );
}

function TypedRange({ range, onChange }: Omit<PriceFilterProps, "values">) {
  const [typed, setTyped] = useState(range);
  const apply = (event?: FormEvent) => {
    event?.preventDefault();
    const next = { minPrice: cleanAmount(typed.minPrice), maxPrice: cleanAmount(typed.maxPrice) };
    if (isSame(next, range)) setTyped(next);
    else onChange(next);
  };
  return (
    <form onSubmit={apply} className="mt-2 grid grid-cols-[1fr_auto_1fr_auto] items-center gap-2">
      {(["minPrice", "maxPrice"] as const).map((name, index) => (
        <span key={name} className="contents">
          {index === 1 && <span aria-hidden="true">–</span>}
          <input
            className="field min-h-10 px-2 py-1"
            inputMode="decimal"
            aria-label={name === "minPrice" ? words.listing.lowest : words.listing.highest}
            value={typed[name]}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
            onBlur={() => apply()}
          />
        </span>
      ))}
      <button type="submit" className="link min-h-10 text-14">
        {words.listing.apply}
      </button>
    </form>
  );
}
