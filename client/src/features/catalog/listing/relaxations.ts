import type { Facet } from "@/api/generated";
import type { Relaxation, SearchNote } from "@/api/search-answer";
import { activeFilters } from "@/lib/filter-changes";
import type { Filters } from "@/lib/filters";
import { filterLabel } from "./filter-chips";

/** One step that brings something back. */
export type WayOut = { key: string; label: string; filters: Filters; count?: number };

function withoutWord(filters: Filters, { without, query, count }: Relaxation): WayOut {
  const words = filters.q.split(/\s+/).filter((word) => word.toLowerCase() !== without.toLowerCase());
  const q = query ?? words.join(" ");
  const label = q === "" ? `Without “${without}”` : `“${q}”, without “${without}”`;
  return { key: `word:${without}`, label, filters: { ...filters, q }, count };
}

function withoutFilter(filters: Filters, { without, count }: Relaxation, facets: Facet[]): WayOut[] {
  const name = without.replace(/[=:]/, ":");
  const meant = activeFilters(filters).filter(
    (filter) => filter.key === name || filter.field === name || filter.key.startsWith(`${name}:`),
  );
  const [first] = meant;
  if (first === undefined) return [];
  // A whole field may be meant: take its values away one after the other.
  const rest = meant
    .slice(1)
    .reduce(
      (state, { key }) => activeFilters(state).find((filter) => filter.key === key)?.without ?? state,
      first.without,
    );
  const label = `Without ${meant.map((filter) => filterLabel(filter, facets)).join(" or ")}`;
  return [{ key: name, label, filters: rest, count }];
}

/** The server's relaxations with their counts; without any, each chosen filter as a guess. */
export function waysOut(filters: Filters, note: SearchNote | undefined, facets: Facet[]): WayOut[] {
  const counted = (note?.relaxations ?? []).flatMap((relaxation) =>
    relaxation.kind === "word"
      ? [withoutWord(filters, relaxation)]
      : withoutFilter(filters, relaxation, facets),
  );
  if (counted.length > 0) return counted;
  return activeFilters(filters).map((filter) => ({
    key: filter.key,
    label: `Without ${filterLabel(filter, facets)}`,
    filters: filter.without,
  }));
}

const REASONS: Readonly<Record<string, string>> = {
  only_stop_words:
    "These words stand in nearly every listing, so they find nothing in particular. Add a maker, a kind of device or a model.",
  nothing_searchable: "There is no letter and no digit in it that could be searched for.",
  too_long: "This is longer than a search may be. A maker and a model are enough.",
};

/** Whether what was found has only a part of the words. */
export function hasOnlySomeWords(note: SearchNote | undefined): note is SearchNote {
  return note?.reason === "some_words";
}

/** Why there is nothing, where the server gives a reason that says more than "nothing". */
export function reasonFor(note: SearchNote | undefined): string | undefined {
  return note?.reason === undefined ? undefined : REASONS[note.reason];
}
