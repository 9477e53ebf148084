/** The state of a listing. The address is the truth: these two functions are each other's inverse. */
export type FacetField = "category" | "brand" | "condition" | "store";
export type Sort = "popular" | "newest" | "price" | "-price" | "relevance" | "for_you";
export type Filters = Record<FacetField, string[]> & {
  /** Chosen values of the category's own attributes, by key ("storage"). */
  attributes: Record<string, string[]>;
  q: string;
  minPrice: string;
  maxPrice: string;
  /** What the prices are amounts of; nothing means what most of the list is priced in. */
  priceCurrency: string;
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
  attributes: {},
  minPrice: "",
  maxPrice: "",
  priceCurrency: "",
  inStock: false,
  sort: "",
};

/** `attr.storage=128 GB`, repeatable. */
const ATTRIBUTE = /^attr\.([a-z0-9_]{1,60})$/;
const CURRENCY = /^[A-Z]{3}$/;
const AMOUNT = /^\d{1,9}(\.\d{1,2})?$/;

/** A typed amount as the address holds it, or nothing when it is no amount. */
export function cleanAmount(typed: string): string {
  const trimmed = typed.trim().replace(",", ".");
  return AMOUNT.test(trimmed) ? trimmed : "";
}

function parseAttributes(search: URLSearchParams): Record<string, string[]> {
  const attributes: Record<string, string[]> = {};
  for (const [name, value] of search) {
    const key = ATTRIBUTE.exec(name)?.[1];
    if (key === undefined || value === "") continue;
    const others = attributes[key] ?? [];
    if (!others.includes(value)) attributes[key] = [...others, value];
  }
  return attributes;
}

/** The chosen attributes as the address and the server name them. */
export function attributeParams({ attributes }: Filters): [name: string, values: string[]][] {
  return Object.entries(attributes).map(([key, values]) => [`attr.${key}`, values]);
}

export function parseFilters(search: URLSearchParams): Filters {
  const sort = SORTS.find((known) => known === search.get("sort"));
  const priceCurrency = search.get("priceCurrency") ?? "";
  const values = (field: FacetField) => [...new Set(search.getAll(field).filter((value) => value !== ""))];
  return {
    q: search.get("q")?.trim() ?? "",
    category: values("category"),
    brand: values("brand"),
    condition: values("condition"),
    store: values("store"),
    attributes: parseAttributes(search),
    minPrice: cleanAmount(search.get("minPrice") ?? ""),
    maxPrice: cleanAmount(search.get("maxPrice") ?? ""),
    priceCurrency: CURRENCY.test(priceCurrency) ? priceCurrency : "",
    inStock: search.get("inStock") === "true",
    sort: sort ?? "",
  };
}

export function filtersToSearch(filters: Filters): URLSearchParams {
  const search = new URLSearchParams();
  if (filters.q !== "") search.set("q", filters.q);
  for (const field of FACET_FIELDS) for (const value of filters[field]) search.append(field, value);
  for (const [name, values] of attributeParams(filters))
    for (const value of values) search.append(name, value);
  for (const name of ["minPrice", "maxPrice", "priceCurrency"] as const)
    if (filters[name] !== "") search.set(name, filters[name]);
  if (filters.inStock) search.set("inStock", "true");
  if (filters.sort !== "") search.set("sort", filters.sort);
  return search;
}

/** The order that a listing has when the address names none. */
export function effectiveSort(filters: Filters): Sort {
  if (filters.sort !== "") return filters.sort;
  return filters.q === "" ? "popular" : "relevance";
}
