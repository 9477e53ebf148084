import type { Facet } from "@/api/generated";
import { attributeFacets } from "@/api/search-answer";
import { toggleAttribute, toggleFacet } from "@/lib/filter-changes";
import { FACET_FIELDS, type FacetField, type Filters } from "@/lib/filters";
import { GRADES } from "@/lib/grades";
import { FacetCheckbox, FacetFieldset, FacetGroup } from "./facet-group";
import { PriceFilter } from "./price-filter";
import { facetValues } from "./use-listing";
import { words } from "@/lib/words/words";
import { attributeName, categoryName } from "@/lib/words/names";

export type FilterPanelProps = { filters: Filters; facets: Facet[]; onChange: (filters: Filters) => void };

/** Grades keep their order from best to worst, whatever their counts. */
function inGradeOrder(values: Facet["values"]): Facet["values"] {
  return GRADES.flatMap((grade) => {
    const known = values.find((value) => value.value === grade.condition);
    return known === undefined ? [] : [{ ...known, label: words.grades[grade.condition].label }];
  });
}

function namedValues(field: FacetField, values: Facet["values"]): Facet["values"] {
  if (field === "condition") return inGradeOrder(values);
  if (field !== "category") return values;
  return values.map((known) =>
    Object.assign({}, known, { label: categoryName({ slug: known.value, name: known.label }) }),
  );
}

export function FilterPanel({ filters, facets, onChange }: FilterPanelProps) {
  const group = (field: FacetField) => {
    const values = namedValues(field, facetValues(facets, field));
    return (
      <FacetGroup
        key={field}
        title={words.listing.fields[field]}
        values={values}
        chosen={filters[field]}
        onToggle={(value) => onChange(toggleFacet(filters, field, value))}
      />
    );
  };
  const [category, brand, condition, store] = FACET_FIELDS;
  return (
    <div>
      {group(category)}
      {group(condition)}
      <PriceFilter
        range={{ minPrice: filters.minPrice, maxPrice: filters.maxPrice }}
        facet={facets.find((facet) => facet.field === "price")}
        onChange={(change) => onChange({ ...filters, ...change })}
      />
      {group(brand)}
      {attributeFacets(facets).map(({ key, title, values }) => (
        <FacetGroup
          key={key}
          title={attributeName(key, title)}
          values={values}
          chosen={filters.attributes[key] ?? []}
          onToggle={(value) => onChange(toggleAttribute(filters, key, value))}
        />
      ))}
      <FacetFieldset title={words.listing.stock}>
        <FacetCheckbox
          label={words.listing.inStockOnly}
          isChecked={filters.inStock}
          onToggle={() => onChange({ ...filters, inStock: !filters.inStock })}
        />
      </FacetFieldset>
      {group(store)}
    </div>
  );
}
