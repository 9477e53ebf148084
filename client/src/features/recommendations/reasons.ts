import type { Item, Rail, Reason } from "@/api/generated";

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
  if (rail.reason) return isWorthSaying(rail.reason) ? rail.reason.text : undefined;
  const [first, ...rest] = rail.items;
  if (first === undefined || !isWorthSaying(first.reason)) return undefined;
  return rest.every((item) => item.reason.text === first.reason.text) ? first.reason.text : undefined;
}

/** Card reasons are drawn only when they tell something and the rail has not said them. */
export function cardReason(item: Item, shared: string | undefined): string | undefined {
  return shared === undefined && isWorthSaying(item.reason) ? item.reason.text : undefined;
}
