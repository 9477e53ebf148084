import { shopApi } from "@/api/shop-api";
import { effectiveSort, SORTS, type Filters, type Sort } from "@/lib/filters";
import { words } from "@/lib/words/words";

export function SortSelect({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
}) {
  const { data: session } = shopApi.useGetSessionQuery();
  const chosen = effectiveSort(filters);
  // For somebody nothing is known of, "for you" would be another word for the default.
  const isPointless = (sort: Sort) =>
    (sort === "relevance" && filters.q === "") || (sort === "for_you" && session?.personalised !== true);
  const offered = SORTS.filter((sort) => sort === chosen || !isPointless(sort));
  return (
    <label className="flex items-center gap-2 whitespace-nowrap">
      <span className="sr-only text-ink-2 md:not-sr-only">{words.listing.sort}</span>
      <select
        className="field w-auto min-h-10 py-1"
        value={chosen}
        onChange={(event) => {
          const sort = offered.find((known) => known === event.target.value);
          if (sort !== undefined) onChange({ ...filters, sort });
        }}
      >
        {offered.map((sort) => (
          <option key={sort} value={sort}>
            {words.listing.sorts[sort]}
          </option>
        ))}
      </select>
    </label>
  );
}
