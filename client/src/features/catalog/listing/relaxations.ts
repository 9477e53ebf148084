import type { Facet } from "@/api/generated";
import type { Relaxation, SearchNote } from "@/api/search-answer";
import { activeFilters } from "@/lib/filter-changes";
import type { Filters } from "@/lib/filters";
import { filterLabel } from "./filter-chips";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** One step that brings something back. */
export type WayOut = { key: string; label: string; filters: Filters; count?: number };

function withoutWord(filters: Filters, { without, query, count }: Relaxation): WayOut {
  const left = filters.q.split(/\s+/).filter((word) => word.toLowerCase() !== without.toLowerCase());
  const q = query ?? left.join(" ");
  const label =
    q === ""
      ? say(words.found.withoutWord, { word: without })
      : say(words.found.withWords, { words: q, word: without });
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
  const label = say(words.found.without, {
    label: meant.map((filter) => filterLabel(filter, facets)).join(` ${words.found.or} `),
  });
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
    label: say(words.found.without, { label: filterLabel(filter, facets) }),
    filters: filter.without,
  }));
}

/** Whether what was found has only a part of the words. */
export function hasOnlySomeWords(note: SearchNote | undefined): note is SearchNote {
  return note?.reason === "some_words";
}

/** Why there is nothing, where the server gives a reason that says more than "nothing". */
export function reasonFor(note: SearchNote | undefined): string | undefined {
  const reasons: Readonly<Record<string, string>> = words.found.reasons;
  return note?.reason === undefined ? undefined : reasons[note.reason];
}
