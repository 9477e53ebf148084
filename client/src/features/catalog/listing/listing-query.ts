import type { ListProductsApiArg } from "@/api/generated";
import { attributeParams, effectiveSort, type Filters } from "@/lib/filters";

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
    ...(filters.priceCurrency !== "" && { priceCurrency: filters.priceCurrency }),
    ...(filters.inStock && { inStock: true }),
    ...Object.fromEntries(attributeParams(filters)),
    sort: effectiveSort(filters),
    limit: PAGE_SIZE,
  } as ListProductsApiArg;
}
