import { useOptimistic, useState, useTransition } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Facet } from "@/api/generated";
import { searchNoteOf } from "@/api/search-answer";
import { shopApi } from "@/api/shop-api";
import { filtersToSearch, parseFilters, type Filters } from "@/lib/filters";
import { listingQuery } from "./listing-query";
import { categoryName } from "@/lib/words/names";

/**
 * The address is the truth. Ticks read an optimistic copy while the navigation is under way, so that a tick neither
 * waits nor bounces back for a frame.
 */
export function useFilters() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [, startTransition] = useTransition();
  const truth = parseFilters(search);
  const [filters, showFilters] = useOptimistic(truth);

  const change = (next: Filters, mode: "push" | "replace" = "push") => {
    startTransition(async () => {
      showFilters(next);
      const query = filtersToSearch(next).toString();
      await navigate(
        { search: query === "" ? "" : `?${query}` },
        { replace: mode === "replace", preventScrollReset: true },
      );
    });
  };

  return { filters, truth, change };
}

/** Values that a facet had before stay in their place with a count of nothing, so that no box jumps under the hand. */
export function withFormerValues(former: Facet[], latest: Facet[]): Facet[] {
  const gone = former.filter((facet) => latest.every((other) => other.field !== facet.field));
  return [...latest, ...gone].map((facet) => {
    const known = latest.includes(facet) ? facet.values : [];
    // Steps of another currency are other values, even where they are written alike.
    const isSame = (other: Facet) => other.field === facet.field && other.currency === facet.currency;
    const before = former.find(isSame)?.values ?? [];
    const now = new Map(known.map((value) => [value.value, value]));
    const kept = before.map((old) => now.get(old.value) ?? { ...old, count: 0, selected: false });
    const added = known.filter(({ value }) => before.every((old) => old.value !== value));
    return Object.assign({}, facet, { values: [...kept, ...added] });
  });
}

/** Facets with a memory that lasts as long as the words and the categories do. */
function useSteadyFacets(filters: Filters, latest: Facet[] | undefined): Facet[] {
  const scope = `${filters.q}|${filters.category.join()}`;
  const [memory, setMemory] = useState<{ scope: string; latest: Facet[] | undefined; facets: Facet[] }>({
    scope,
    latest: undefined,
    facets: [],
  });
  if (latest !== undefined && latest !== memory.latest) {
    const facets = memory.scope === scope ? withFormerValues(memory.facets, latest) : latest;
    setMemory({ scope, latest, facets });
    return facets;
  }
  return memory.facets;
}

/** Pages of the listing; while a new first page is on its way the last one stays, marked as stale. */
export function useListing(filters: Filters) {
  const query = shopApi.useBrowseProductsInfiniteQuery(listingQuery(filters));
  const pages = query.data?.pages ?? [];
  const first = pages[0];
  const facets = useSteadyFacets(filters, first?.facets);
  return {
    ...query,
    facets,
    isStale: query.currentData === undefined && query.data !== undefined,
    pages: pages.map((page) => page.items),
    note: searchNoteOf(first),
    total: first?.total ?? undefined,
  };
}

/** What the prices of the list are amounts of; unknown until the facets are there. */
export function currencyOf({ priceCurrency }: Filters, facets: Facet[]): string | undefined {
  if (priceCurrency !== "") return priceCurrency;
  return facets.find((facet) => facet.field === "price")?.currency;
}

export function facetValues(facets: Facet[], field: string): Facet["values"] {
  return facets.find((facet) => facet.field === field)?.values ?? [];
}

/** The name of a facet value; the value itself until the facets are there. */
export function facetLabel(facets: Facet[], field: string, value: string): string {
  const label = facetValues(facets, field).find((known) => known.value === value)?.label ?? value;
  return field === "category" ? categoryName({ slug: value, name: label }) : label;
}
