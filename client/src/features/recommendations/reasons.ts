import type { Item, Rail, Reason } from "@/api/generated";
import { fill, listed, say } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { language } from "@/lib/language";
import { categoryName } from "@/lib/words/names";

/** The kinds of reason that come from this shopper's own doings. Only these may carry the nape. */
const LEARNED_KINDS: ReadonlySet<Reason["kind"]> = new Set<Reason["kind"]>([
  "because_you_viewed",
  "because_you_saved",
  "because_in_cart",
  "for_you",
  "buy_again",
]);

export function isLearned(reason: Reason | null | undefined): boolean {
  return reason !== null && reason !== undefined && LEARNED_KINDS.has(reason.kind);
}

/** A rail was learned when its shared reason says so, or when any of its items does. */
export function isLearnedRail(rail: Pick<Rail, "reason" | "items">, isPersonalised: boolean): boolean {
  return isPersonalised && (isLearned(rail.reason) || rail.items.some((item) => isLearned(item.reason)));
}

/** It is shown because of what was done with the very product. */
function citesItself({ kind, productIds }: Reason, item: Item | undefined): boolean {
  return kind === "because_you_viewed" && productIds.length === 1 && productIds[0] === item?.product.id;
}

/** A reason names its category; the products that it stands on know the category's slug. */
function categoryOf(name: string, item: Item | undefined): string {
  const shown = item?.product.category;
  return shown?.name === name ? categoryName(shown) : name;
}

/** The server's sentence is English; in other languages the same is said from its kind and what it cites. */
export function reasonText(reason: Reason, item: Item | undefined): string {
  const { kind, params, text } = reason;
  if (language() === "en") return text;
  if (citesItself(reason, item)) return words.reasons.viewedItself;
  const titles = params.titles ?? [];
  const said = words.reasons[kind];
  if (titles.length > 0 && said.includes("{titles}")) return fill(said, { titles: listed(titles) });
  if (kind === "popular" && params.category !== undefined) {
    return say(words.reasons.popularIn, { category: categoryOf(params.category, item) });
  }
  return said.includes("{") ? words.reasons.picked : said;
}

/** By the rail's id; a rail that stands on one reason is named by it. */
export function railTitle({ id, title, reason, items }: Rail): string {
  if (language() === "en") return title;
  if (id === "because" && reason) return reasonText(reason, items[0]);
  const titles: Readonly<Record<string, string>> = words.rails.titles;
  return titles[id] ?? title;
}

/** "Popular" under every card of a popular shelf would be noise. */
function isWorthSaying(reason: Reason): boolean {
  return isLearned(reason) || reason.kind === "similar_to" || reason.kind === "trending";
}

/** The sentence beside a title, unless the title says it already. */
export function besideTitle(title: string, reason: string | undefined): string | undefined {
  return reason?.toLowerCase() === title.toLowerCase() ? undefined : reason;
}

/** The one reason that all items share, to be said once; otherwise each card says its own. */
export function sharedReason(rail: Pick<Rail, "reason" | "items">): string | undefined {
  if (rail.reason) return isWorthSaying(rail.reason) ? reasonText(rail.reason, rail.items[0]) : undefined;
  const [first, ...rest] = rail.items;
  if (first === undefined || !isWorthSaying(first.reason)) return undefined;
  return rest.every((item) => item.reason.text === first.reason.text)
    ? reasonText(first.reason, first)
    : undefined;
}

/** Card reasons are drawn only when they tell something and the rail has not said them. */
export function cardReason(item: Item, shared: string | undefined): string | undefined {
  return shared === undefined && isWorthSaying(item.reason) ? reasonText(item.reason, item) : undefined;
}

/** Under a title that names the likeness only what is shown for another reason says so, the merely popular too. */
export function besideLikeness(item: Item, shared: string | undefined): string | undefined {
  if (shared !== undefined || item.reason.kind === "similar_to") return undefined;
  return reasonText(item.reason, item);
}
