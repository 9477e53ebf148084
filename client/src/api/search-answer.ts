import type { FacetValue } from "./generated";

/**
 * What a listing says about its search. Newer servers send it, older ones do not, so every part is read with care and a
 * missing one is simply not shown.
 */
export type Relaxation = { kind: "word" | "filter"; without: string; count: number; query?: string };
export type SearchNote = {
  query: string;
  repaired: { from: string; to: string }[];
  relaxations: Relaxation[];
  reason?: string;
};
export type AttributeFacet = { key: string; title: string; values: FacetValue[] };

type Fields = Record<string, unknown>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function relaxationOf({ kind, without, count, query }: Fields): Relaxation[] {
  if (kind !== "word" && kind !== "filter") return [];
  if (typeof without !== "string" || typeof count !== "number" || count <= 0) return [];
  return [{ kind, without, count, ...(typeof query === "string" && { query }) }];
}

/** The note of a first page; undefined where the server sent none. */
export function searchNoteOf(page: unknown): SearchNote | undefined {
  const search = fieldsOf(page)["search"];
  if (search === undefined || search === null) return undefined;
  const { query, repaired, relaxations, reason } = fieldsOf(search);
  return {
    query: textOf(query),
    repaired: listOf(repaired)
      .map(({ from, to }) => ({ from: textOf(from), to: textOf(to) }))
      .filter(({ from, to }) => from !== "" && to !== "" && from !== to),
    relaxations: listOf(relaxations)
      .flatMap(relaxationOf)
      .toSorted((a, b) => b.count - a.count),
    ...(typeof reason === "string" && reason !== "" && { reason }),
  };
}

const ATTRIBUTE_FIELD = /^attr:(.+)$/;

/** "battery_health" reads "Battery health" until the server names it. */
export function attributeTitle(key: string): string {
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The facets of the category's own attributes, in the order of the answer. */
export function attributeFacets(
  facets: readonly { field: string; values: FacetValue[] }[],
): AttributeFacet[] {
  return facets.flatMap((facet) => {
    const key = ATTRIBUTE_FIELD.exec(facet.field)?.[1];
    if (key === undefined) return [];
    const title = textOf((facet as { label?: unknown }).label);
    return [{ key, title: title === "" ? attributeTitle(key) : title, values: facet.values }];
  });
}
