import type { Facet } from "@/api/generated";
import { attributeFacets, attributeTitle } from "@/api/search-answer";
import { activeFilters, clearFilters, type ActiveFilter } from "@/lib/filter-changes";
import type { Filters } from "@/lib/filters";
import type { Condition } from "@/lib/grades";
import { formatAmount } from "@/lib/money";
import { Icon } from "@/ui/icon";
import { currencyOf, facetLabel } from "./use-listing";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { attributeName } from "@/lib/words/names";

function priceLabel(lowest: string, highest: string, currency: string | undefined): string {
  const price = (amount: string) => (currency === undefined ? amount : formatAmount(amount, currency));
  if (lowest === "") return say(words.listing.upTo, { price: price(highest) });
  if (highest === "") return say(words.listing.from, { price: price(lowest) });
  return say(words.listing.range, { low: price(lowest), high: price(highest) });
}

function attributeLabel({ attribute = "", value }: ActiveFilter, facets: Facet[]): string {
  const facet = attributeFacets(facets).find(({ key }) => key === attribute);
  const label = facet?.values.find((known) => known.value === value)?.label ?? value;
  return `${attributeName(attribute, facet?.title ?? attributeTitle(attribute))}: ${label}`;
}

export function filterLabel(active: ActiveFilter, facets: Facet[]): string {
  switch (active.field) {
    case "inStock":
      return words.listing.inStock;
    case "price": {
      const [lowest = "", highest = ""] = active.value.split("-");
      return priceLabel(lowest, highest, currencyOf(active.without, facets));
    }
    case "attribute":
      return attributeLabel(active, facets);
    case "condition":
      return words.grades[active.value as Condition]?.label ?? active.value;
    default:
      return facetLabel(facets, active.field, active.value);
  }
}

type FilterChipsProps = { filters: Filters; facets: Facet[]; onChange: (filters: Filters) => void };

/** What is chosen, in one row above the results; the ticks stay in their place too. */
export function FilterChips({ filters, facets, onChange }: FilterChipsProps) {
  const active = activeFilters(filters);
  if (active.length === 0) return null;
  return (
    <ul className="flex flex-wrap items-center gap-2" aria-label={words.listing.chosen}>
      {active.map((filter) => {
        const label = filterLabel(filter, facets);
        return (
          <li key={filter.key}>
            <button
              type="button"
              aria-label={say(words.listing.remove, { label })}
              onClick={() => onChange(filter.without)}
              className="button inline-flex min-h-9 items-center gap-1.5 rounded-full border border-line-strong ps-3.5 pe-2.5 text-14 hover:border-ink"
            >
              {label}
              <Icon name="close" size={14} />
            </button>
          </li>
        );
      })}
      <li>
        <button
          type="button"
          className="link min-h-9 px-2 text-14"
          onClick={() => onChange(clearFilters(filters))}
        >
          {words.listing.clear}
        </button>
      </li>
    </ul>
  );
}
