import { effectiveSort, SORTS, type Filters } from "@/lib/filters";
import { words } from "@/lib/words/words";

export function SortSelect({
  filters,
  onChange,
}: {
  filters: Filters;
  onChange: (filters: Filters) => void;
}) {
  const offered = SORTS.filter((sort) => sort !== "relevance" || filters.q !== "");
  return (
    <label className="flex items-center gap-2 whitespace-nowrap">
      <span className="sr-only text-ink-2 md:not-sr-only">{words.listing.sort}</span>
      <select
        className="field w-auto min-h-10 py-1"
        value={effectiveSort(filters)}
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
