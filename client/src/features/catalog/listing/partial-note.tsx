import type { Facet } from "@/api/generated";
import type { SearchNote } from "@/api/search-answer";
import type { Filters } from "@/lib/filters";
import { hasOnlySomeWords, waysOut } from "./relaxations";
import { WayLinks } from "./way-links";
import { words } from "@/lib/words/words";

type PartialNoteProps = { filters: Filters; facets: Facet[]; note: SearchNote | undefined };

/** Says that no listing has all the words, before those that have some. */
export function PartialNote({ filters, facets, note }: PartialNoteProps) {
  if (!hasOnlySomeWords(note)) return null;
  const ways = note.relaxations.length > 0 ? waysOut(filters, note, facets) : [];
  return (
    <div className="mb-6">
      <p className="text-18">{words.found.someWords}</p>
      {ways.length > 0 && <WayLinks ways={ways} />}
    </div>
  );
}
