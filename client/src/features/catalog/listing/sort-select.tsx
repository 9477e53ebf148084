import { effectiveSort, SORTS, type Filters, type Sort } from "@/lib/filters";

const LABELS: Record<Sort, string> = {
  relevance: "Best match",
  for_you: "For you",
  popular: "Popular",
  newest: "Newest",
  price: "Price, low to high",
  "-price": "Price, high to low",
};

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
      <span className="sr-only text-ink-2 md:not-sr-only">Sort</span>
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
            {LABELS[sort]}
          </option>
        ))}
      </select>
    </label>
  );
}
