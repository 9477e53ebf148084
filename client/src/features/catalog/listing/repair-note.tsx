import type { SearchNote } from "@/api/search-answer";
import type { Filters } from "@/lib/filters";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/link";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { rich } from "@/ui/rich";

/** The words as the shop read them. */
export function repairedQuery({ query, repaired }: SearchNote, typed: string): string {
  const changes = new Map(repaired.map(({ from, to }) => [from.toLowerCase(), to]));
  const asked = (query === "" ? typed : query).split(/\s+/);
  return asked.map((word) => changes.get(word.toLowerCase()) ?? word).join(" ");
}

/** Words in quotes are taken as they are. */
export function asTyped(query: string): string {
  return `"${query.replaceAll('"', "")}"`;
}

/** What was searched instead of what was typed, and the way back to it. */
export function RepairNote({ note, filters }: { note: SearchNote | undefined; filters: Filters }) {
  if (note === undefined || note.repaired.length === 0) return null;
  return (
    <p className="mb-6 text-18">
      {rich(words.found.results, {
        words: <b className="font-semibold">{repairedQuery(note, filters.q)}</b>,
      })}{" "}
      {!filters.q.startsWith('"') && (
        <Link className="link" to={paths.products({ ...filters, q: asTyped(filters.q) })}>
          {say(words.found.instead, { words: filters.q })}
        </Link>
      )}
    </p>
  );
}
