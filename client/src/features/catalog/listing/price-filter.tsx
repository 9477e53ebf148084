import { useState, type FormEvent } from "react";
import type { Facet } from "@/api/generated";
import { cleanAmount } from "@/lib/filters";
import { FacetCheckbox, FacetFieldset } from "./facet-group";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { formatAmount } from "@/lib/money";

type Range = { minPrice: string; maxPrice: string };
/** Where prices are in several currencies, a filter says which of them it is about. */
type PriceChange = Range & { priceCurrency?: string };
type PriceFilterProps = { range: Range; facet: Facet | undefined; onChange: (change: PriceChange) => void };

function rangeOf(value: string): Range {
  const [minPrice = "", maxPrice = ""] = value.split("-");
  return { minPrice: minPrice === "0" ? "" : minPrice, maxPrice };
}

/** The steps meet: one that ends at 99.99, or at 99 where there is nothing smaller, reads as ending at 100. */
function stepLabel({ minPrice, maxPrice }: Range, currency: string): string {
  const price = (amount: string) => formatAmount(amount, currency);
  const end = price(String(Math.floor(Number(maxPrice)) + 1));
  if (minPrice === "") return say(words.listing.under, { price: end });
  if (maxPrice === "") return say(words.listing.andMore, { price: price(minPrice) });
  return say(words.listing.range, { low: price(minPrice), high: end });
}

const isSame = (a: Range, b: Range) => a.minPrice === b.minPrice && a.maxPrice === b.maxPrice;
const ANY: Range = { minPrice: "", maxPrice: "" };

/** Ready-made ranges with counts, or two typed amounts. */
export function PriceFilter({ range, facet, onChange }: PriceFilterProps) {
  const { values = [], currency = "", currencies = [] } = facet ?? {};
  const isMixed = currencies.length > 1;
  const choose = (next: Range) => onChange(isMixed ? { ...next, priceCurrency: currency } : next);
  return (
    <FacetFieldset title={words.listing.price}>
      {isMixed && (
        <CurrencyChoice
          currency={currency}
          currencies={currencies}
          onChoose={(priceCurrency) => onChange({ ...ANY, priceCurrency })}
        />
      )}
      {values.map((known) => {
        const own = rangeOf(known.value);
        const isChecked = isSame(own, range);
        return (
          <FacetCheckbox
            key={known.value}
            label={stepLabel(own, currency)}
            count={known.count}
            isChecked={isChecked}
            onToggle={() => choose(isChecked ? ANY : own)}
          />
        );
      })}
      <TypedRange key={`${range.minPrice}-${range.maxPrice}`} range={range} onChange={choose} />
    </FacetFieldset>
  );
}

type CurrencyChoiceProps = { currency: string; currencies: string[]; onChoose: (currency: string) => void };

/** Prices of two currencies do not compare: a filter, and the order by price, is about one of them. */
function CurrencyChoice({ currency, currencies, onChoose }: CurrencyChoiceProps) {
  const all = currencies.includes(currency) ? currencies : [currency, ...currencies];
  return (
    <label className="mb-1 flex min-h-10 items-center justify-between gap-2">
      {words.listing.pricesIn}
      <select
        className="field w-auto min-h-10 py-1"
        value={currency}
        onChange={(event) => onChoose(event.target.value)}
      >
        {all.map((code) => (
          <option key={code}>{code}</option>
        ))}
      </select>
    </label>
  );
}

function TypedRange({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
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
