import { FACET_FIELDS, NO_FILTERS, type FacetField, type Filters } from "./filters";

function toggled(chosen: string[], value: string): string[] {
  return chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
}

export function toggleFacet(filters: Filters, field: FacetField, value: string): Filters {
  return { ...filters, [field]: toggled(filters[field], value) };
}

export function toggleAttribute(filters: Filters, key: string, value: string): Filters {
  const { [key]: chosen = [], ...others } = filters.attributes;
  const next = toggled(chosen, value);
  return { ...filters, attributes: next.length === 0 ? others : { ...filters.attributes, [key]: next } };
}

export function clearFilters(filters: Filters): Filters {
  return { ...NO_FILTERS, q: filters.q, sort: filters.sort };
}

export type ActiveFilter = {
  key: string;
  field: FacetField | "attribute" | "price" | "inStock";
  /** The key of an attribute. */
  attribute?: string;
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
  for (const [attribute, values] of Object.entries(filters.attributes)) {
    for (const value of values) {
      const without = toggleAttribute(filters, attribute, value);
      active.push({ key: `attr:${attribute}:${value}`, field: "attribute", attribute, value, without });
    }
  }
  if (filters.minPrice !== "" || filters.maxPrice !== "") {
    const value = `${filters.minPrice}-${filters.maxPrice}`;
    active.push({ key: "price", field: "price", value, without: { ...filters, minPrice: "", maxPrice: "" } });
  }
  if (filters.inStock) {
    active.push({ key: "inStock", field: "inStock", value: "true", without: { ...filters, inStock: false } });
  }
  return active;
}
