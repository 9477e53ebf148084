import type { Suggestion } from "@/api/generated";
import { paths } from "@/lib/paths";

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
  { kind: "query", title: "Searches", most: 5 },
  { kind: "category", title: "Categories", most: 3 },
  { kind: "brand", title: "Makers", most: 3 },
  { kind: "product", title: "On the bench", most: 4 },
] as const satisfies readonly { kind: Suggestion["kind"]; title: string; most: number }[];

function addressOf({ kind, text, id }: Suggestion): string {
  if (kind === "query" || id === undefined) return paths.products({ q: text });
  if (kind === "category") return paths.products({ category: [id] });
  if (kind === "brand") return paths.products({ brand: [id] });
  return paths.product(id);
}

function choiceOf(suggestion: Suggestion): Choice {
  const { kind, text, id, repairedFrom } = suggestion;
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
  return GROUPS.map(({ kind, title, most }) => ({
    title,
    choices: suggestions
      .filter((suggestion) => suggestion.kind === kind)
      .slice(0, most)
      .map(choiceOf),
  })).filter((group) => group.choices.length > 0);
}

export function recentGroups(recents: string[]): ChoiceGroup[] {
  if (recents.length === 0) return [];
  const choices = recents.map((text) => ({ kind: "recent" as const, text, to: paths.products({ q: text }) }));
  return [{ title: "Your latest searches", choices }];
}

/** Said once when the list changes: how many, and what was repaired. */
export function spokenCount(groups: ChoiceGroup[]): string {
  const choices = groups.flatMap((group) => group.choices);
  const repaired = choices.find((choice) => choice.repairedFrom !== undefined);
  const count =
    choices.length === 1
      ? "1 suggestion."
      : `${choices.length === 0 ? "No" : String(choices.length)} suggestions.`;
  return repaired === undefined ? count : `Suggestions for ${repaired.text}. ${count}`;
}
