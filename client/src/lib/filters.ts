/** The state of a listing. The address is the truth: these two functions are each other's inverse. */
export type FacetField = "category" | "brand" | "condition" | "store";
export type Sort = "popular" | "newest" | "price" | "-price" | "relevance" | "for_you";
export type Filters = Record<FacetField, string[]> & {
  q: string;
  minPrice: string;
  maxPrice: string;
  inStock: boolean;
  sort: Sort | "";
};

export const FACET_FIELDS = [
  "category",
  "brand",
  "condition",
  "store",
] as const satisfies readonly FacetField[];
export const SORTS = [
  "relevance",
  "for_you",
  "popular",
  "newest",
  "price",
  "-price",
] as const satisfies readonly Sort[];
export const NO_FILTERS: Filters = {
  q: "",
  category: [],
  brand: [],
  condition: [],
  store: [],
  minPrice: "",
  maxPrice: "",
  inStock: false,
  sort: "",
};

const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/;

/** A typed amount as the address holds it, or nothing when it is no amount. */
export function cleanAmount(typed: string): string {
  const trimmed = typed.trim().replace(",", ".");
  return AMOUNT.test(trimmed) ? trimmed : "";
}

export function parseFilters(search: URLSearchParams): Filters {
  const sort = SORTS.find((known) => known === search.get("sort"));
  const values = (field: FacetField) => [...new Set(search.getAll(field).filter((value) => value !== ""))];
  return {
    q: search.get("q")?.trim() ?? "",
    category: values("category"),
    brand: values("brand"),
    condition: values("condition"),
    store: values("store"),
    minPrice: cleanAmount(search.get("minPrice") ?? ""),
    maxPrice: cleanAmount(search.get("maxPrice") ?? ""),
    inStock: search.get("inStock") === "true",
    sort: sort ?? "",
  };
}

export function filtersToSearch(filters: Filters): URLSearchParams {
  const search = new URLSearchParams();
  if (filters.q !== "") search.set("q", filters.q);
  for (const field of FACET_FIELDS) for (const value of filters[field]) search.append(field, value);
  if (filters.minPrice !== "") search.set("minPrice", filters.minPrice);
  if (filters.maxPrice !== "") search.set("maxPrice", filters.maxPrice);
  if (filters.inStock) search.set("inStock", "true");
  if (filters.sort !== "") search.set("sort", filters.sort);
  return search;
}

export function toggleFacet(filters: Filters, field: FacetField, value: string): Filters {
  const chosen = filters[field];
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return { ...filters, [field]: next };
}

export function clearFilters(filters: Filters): Filters {
  return { ...NO_FILTERS, q: filters.q, sort: filters.sort };
}

export type ActiveFilter = {
  key: string;
  field: FacetField | "price" | "inStock";
  value: string;
  without: Filters;
};

/** Each chosen filter with the state that remains when it is taken away. */
export function activeFilters(filters: Filters): ActiveFilter[] {
  const active: ActiveFilter[] = FACET_FIELDS.flatMap((field) =>
    filters[field].map((value) => ({
      key: `${field}:${value}`,
      field,
      value,
      without: toggleFacet(filters, field, value),
    })),
  );
  if (filters.minPrice !== "" || filters.maxPrice !== "") {
    const value = `${filters.minPrice}-${filters.maxPrice}`;
    active.push({ key: "price", field: "price", value, without: { ...filters, minPrice: "", maxPrice: "" } });
  }
  if (filters.inStock) {
    active.push({ key: "inStock", field: "inStock", value: "true", without: { ...filters, inStock: false } });
  }
  return active;
}

/** The order that a listing has when the address names none. */
export function effectiveSort(filters: Filters): Sort {
  if (filters.sort !== "") return filters.sort;
  return filters.q === "" ? "popular" : "relevance";
}
