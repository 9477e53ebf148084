import type { Facet } from "@/api/generated";
import type { SearchNote } from "@/api/search-answer";
import type { Filters } from "@/lib/filters";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/link";
import { EmptyState } from "@/ui/states";
import { reasonFor, waysOut } from "./relaxations";
import { WayLinks } from "./way-links";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

type ZeroResultsProps = { filters: Filters; facets: Facet[]; note: SearchNote | undefined };

/** Why nothing is left and the single steps that bring something back, with how much. */
export function ZeroResults({ filters, facets, note }: ZeroResultsProps) {
  const ways = waysOut(filters, note, facets);
  const reason = reasonFor(note);
  const isCounted = ways.some((way) => way.count !== undefined);
  const title = filters.q === "" ? words.found.noMatch : say(words.found.nothing, { words: filters.q });
  return (
    <EmptyState title={title}>
      {reason !== undefined && <p>{reason}</p>}
      {ways.length > 0 && (
        <>
          <p>{isCounted ? words.found.oneStep : words.found.takeAway}</p>
          <WayLinks ways={ways} />
        </>
      )}
      {ways.length === 0 && reason === undefined && <p>{words.found.spelling}</p>}
      <p className="mt-3">
        <Link className="link" to={paths.products()}>
          {words.shell.seeEverything}
        </Link>
      </p>
    </EmptyState>
  );
}
