import type { Facet } from "@/api/generated";
import type { SearchNote } from "@/api/search-answer";
import type { Filters } from "@/lib/filters";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/link";
import { EmptyState } from "@/ui/states";
import { reasonFor, waysOut } from "./relaxations";
import { WayLinks } from "./way-links";

type ZeroResultsProps = { filters: Filters; facets: Facet[]; note: SearchNote | undefined };

/** Why nothing is left and the single steps that bring something back, with how much. */
export function ZeroResults({ filters, facets, note }: ZeroResultsProps) {
  const ways = waysOut(filters, note, facets);
  const reason = reasonFor(note);
  const isCounted = ways.some((way) => way.count !== undefined);
  const title = filters.q === "" ? "Nothing matches all of these" : `Nothing found for “${filters.q}”`;
  return (
    <EmptyState title={title}>
      {reason !== undefined && <p>{reason}</p>}
      {ways.length > 0 && (
        <>
          <p>{isCounted ? "One step back finds:" : "Taking one of these away may bring something back:"}</p>
          <WayLinks ways={ways} />
        </>
      )}
      {ways.length === 0 && reason === undefined && (
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
