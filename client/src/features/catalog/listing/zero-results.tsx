import { Link } from "react-router";
import type { Facet } from "@/api/generated";
import { activeFilters, type Filters } from "@/lib/filters";
import { paths } from "@/lib/paths";
import { EmptyState } from "@/ui/states";
import { filterLabel } from "./filter-chips";

/** Why nothing is left and the single steps that may bring something back. */
export function ZeroResults({ filters, facets }: { filters: Filters; facets: Facet[] }) {
  const active = activeFilters(filters);
  const title = filters.q === "" ? "Nothing matches all of these" : `Nothing found for “${filters.q}”`;
  return (
    <EmptyState title={title}>
      {active.length > 0 ? (
        <>
          <p>Taking one of these away may bring something back:</p>
          <ul className="mt-3 grid gap-1">
            {active.map((filter) => (
              <li key={filter.key}>
                <Link className="link" to={paths.products(filter.without)}>
                  Without {filterLabel(filter, facets)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>Check the spelling, or try a kind of device or a maker alone.</p>
      )}
      <p className="mt-3">
        <Link className="link" to={paths.products()}>
          See everything
        </Link>
      </p>
    </EmptyState>
  );
}
