export const home = {
  title: "Jackdaw: electronics, found again",
  heroFirst: "Good things,",
  heroSecond: "found again.",
  intro:
    "Second-hand electronics, inspected one by one. Every mark is written down, and every shelf says why it looks the way it does.",
  popular: "Popular on the bench",
  rearranged: "The shelves were rearranged.",
  rearrangedBecause: "The shelves were rearranged. {reason}.",
  empty: "The bench is empty",
  emptyText: "Nothing is listed at the moment. New listings appear here as soon as a store adds one.",
} as const;

export const rails = {
  cart: "Goes with your cart",
  /** What comes after this visit so far. */
  session: "Where to look next",
  similar: "Others like it",
  /** Where the product itself is sold out. */
  instead: "Instead of this one",
  preview: "Your first shelf just now",
  /** By the rail's id. */
  titles: {
    continue: "Continue where you were",
    for_you: "Picked for you",
    buy_again: "Buy again",
    trending: "Trending this week",
    new: "New arrivals",
    popular: "Popular in the shop",
  },
} as const;

/** By the kind of the reason; those with titles cite what the shopper did. */
export const reasons = {
  because_you_viewed: "Because you viewed {titles}",
  viewedItself: "You looked at this lately",
  because_you_saved: "Because you saved {titles}",
  because_in_cart: "Because you put {titles} in your cart",
  similar_to: "Similar to {titles}",
  for_you: "Picked for you, from your interest in {titles}",
  popular: "Drawing the most interest lately",
  popularIn: "Popular in {category}",
  trending: "Getting more attention than usual",
  new: "Newly listed",
  buy_again: "You bought this before",
  picked: "Picked for you",
} as const;

/** What the server says of a shelf that no model chose, by its code. Here it is English already. */
export const shelfNotes: Readonly<Record<string, string>> = {};

export const notForMe = {
  title: "Not for me",
  named: "Not for me: {title}",
  question: "What should the shop stop suggesting? You can take it back at any time.",
  leftOut: "Left out: {what}.",
  scopes: {
    item: "This one listing",
    model: "This model, in every grade",
    owned: "I own one already",
    maker: "Anything made by {maker}",
    kind: "All {kind}",
  },
  /** What is left out, in the shopper's list and in the note. */
  out: {
    item: "This listing of {title}",
    model: "Every grade of {title}",
    owned: "You own {title}",
    maker: "Anything made by {maker}",
    kind: "Anything in {kind}",
  },
} as const;

export const search = {
  label: "Search the shop",
  button: "Search",
  placeholder: "Search cameras, makers, “256 GB” …",
  suggestions: "Suggestions",
  groups: { query: "Searches", category: "Categories", brand: "Makers", product: "On the bench" },
  latest: "Your latest searches",
  count: { one: "{count} suggestion.", other: "{count} suggestions." },
  none: "No suggestions.",
  countFor: "Suggestions for {words}. {count}",
  instead: "instead of “{words}”",
  removeLatest: "Remove latest searches",
  remove: "Remove {words}",
  onDevice: "Kept on this device only",
  removeAll: "Remove all",
} as const;
