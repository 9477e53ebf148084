import { useOptimistic, useTransition } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Facet, ListProductsApiArg } from "@/api/generated";
import { shopApi } from "@/api/shop-api";
import { effectiveSort, filtersToSearch, parseFilters, type Filters } from "@/lib/filters";

export const PAGE_SIZE = 24;

/** What is asked of the server for a state of the listing. */
export function listingQuery(filters: Filters): ListProductsApiArg {
  return {
    ...(filters.q !== "" && { q: filters.q }),
    ...(filters.category.length > 0 && { category: filters.category }),
    ...(filters.brand.length > 0 && { brand: filters.brand }),
    ...(filters.condition.length > 0 && { condition: filters.condition }),
    ...(filters.store.length > 0 && { store: filters.store }),
    ...(filters.minPrice !== "" && { minPrice: filters.minPrice }),
    ...(filters.maxPrice !== "" && { maxPrice: filters.maxPrice }),
    ...(filters.inStock && { inStock: true }),
    sort: effectiveSort(filters),
    limit: PAGE_SIZE,
  } as ListProductsApiArg;
}

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

/** Pages of the listing; while a new first page is on its way the last one stays, marked as stale. */
export function useListing(filters: Filters) {
  const query = shopApi.useBrowseProductsInfiniteQuery(listingQuery(filters));
  const pages = query.data?.pages ?? [];
  const first = pages[0];
  return {
    ...query,
    isStale: query.currentData === undefined && query.data !== undefined,
    items: pages.flatMap((page) => page.items),
    facets: first?.facets ?? [],
    total: first?.total ?? undefined,
  };
}

export function facetValues(facets: Facet[], field: string): Facet["values"] {
  return facets.find((facet) => facet.field === field)?.values ?? [];
}

/** The name of a facet value; the value itself until the facets are there. */
export function facetLabel(facets: Facet[], field: string, value: string): string {
  return facetValues(facets, field).find((known) => known.value === value)?.label ?? value;
}
