import type { Suggestion } from "@/api/generated";
import { paths } from "@/lib/paths";
import { say, sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { categoryName } from "@/lib/words/names";

export type Choice = {
  kind: Suggestion["kind"] | "recent";
  text: string;
  /** Where the choice leads. */
  to: string;
  /** The id of a product. */
  productId?: string;
  /** What was typed instead of `text`. */
  repairedFrom?: string;
};
export type ChoiceGroup = { title: string; choices: Choice[] };

const GROUPS = [
  { kind: "query", most: 5 },
  { kind: "category", most: 3 },
  { kind: "brand", most: 3 },
  { kind: "product", most: 4 },
] as const satisfies readonly { kind: Suggestion["kind"]; most: number }[];

function addressOf({ kind, text, id }: Suggestion): string {
  if (kind === "query" || id === undefined) return paths.products({ q: text });
  if (kind === "category") return paths.products({ category: [id] });
  if (kind === "brand") return paths.products({ brand: [id] });
  return paths.product(id);
}

function choiceOf(suggestion: Suggestion): Choice {
  const { kind, id, repairedFrom } = suggestion;
  const text =
    kind === "category" ? categoryName({ slug: id ?? "", name: suggestion.text }) : suggestion.text;
  return {
    kind,
    text,
    to: addressOf(suggestion),
    ...(kind === "product" && id !== undefined && { productId: id }),
    ...(repairedFrom !== undefined && repairedFrom !== "" && { repairedFrom }),
  };
}

/** By kind, in one order, so that a kind is always found in the same place. */
export function suggestionGroups(suggestions: Suggestion[]): ChoiceGroup[] {
  return GROUPS.map(({ kind, most }) => ({
    title: words.search.groups[kind],
    choices: suggestions
      .filter((suggestion) => suggestion.kind === kind)
      .slice(0, most)
      .map(choiceOf),
  })).filter((group) => group.choices.length > 0);
}

export function recentGroups(recents: string[]): ChoiceGroup[] {
  if (recents.length === 0) return [];
  const choices = recents.map((text) => ({ kind: "recent" as const, text, to: paths.products({ q: text }) }));
  return [{ title: words.search.latest, choices }];
}

/** Said once when the list changes: how many, and what was repaired. */
export function spokenCount(groups: ChoiceGroup[]): string {
  const choices = groups.flatMap((group) => group.choices);
  const repaired = choices.find((choice) => choice.repairedFrom !== undefined);
  const { none, count: counted, countFor } = words.search;
  const count = choices.length === 0 ? none : sayCount(counted, choices.length);
  return repaired === undefined ? count : say(countFor, { words: repaired.text, count });
}
