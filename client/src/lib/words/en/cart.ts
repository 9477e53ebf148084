export const cart = {
  title: "Cart",
  yours: "Your cart",
  yoursCounted: { one: "Your cart ({count})", other: "Your cart ({count})" },
  empty: "Cart, empty",
  filled: { one: "Cart, {count} item", other: "Cart, {count} items" },
  nothing: "Nothing in it yet",
  nothingText: "What you add stays here, with or without an account.",
  total: "Total",
  view: "View cart",
  each: "{price} each",
  remove: "Remove",
  removeNamed: "Remove {label}",
  removed: "{title} removed",
  wasRemoved: "{title} was removed from the cart.",
  now: "{title}: {count}.",
  less: "One less of {label}",
  more: "One more of {label}",
  allThere: { one: "all there is", other: "all there are" },
  fell: "Price fell {amount} since you added it.",
  rose: "Price rose {amount} since you added it.",
  left: { one: "Only {count} left.", other: "Only {count} left." },
  soldSince: "Sold since you added it.",
  withdrawn: "No longer offered by the store.",
  comesAlong: { one: "This comes along", other: "These {count} come along" },
  totalText:
    "The total is what the listings cost. The cart stays as it is, on this device or in your account.",
} as const;

export const favorites = {
  title: "Favorites",
  saved: { one: "Favorites, {count} saved", other: "Favorites, {count} saved" },
  nothing: "Nothing saved yet",
  nothingText:
    "The heart on a listing keeps it here. No account is needed; when you sign in, what you saved comes along.",
  save: "Save {label}",
  isSaved: "{title} is saved.",
  isNotSaved: "{title} is no longer saved.",
  notSaved: "{title} was not saved: {problem}.",
  notRemoved: "{title} was not removed: {problem}.",
} as const;

/** What came along when somebody signed in. */
export const merge = {
  title: "Your things came along",
  dismiss: "Dismiss this note",
  added: { one: "{title} came along to your cart.", other: "{count} × {title} came along to your cart." },
  combined: {
    one: "{title} was in both carts: you now have {count}.",
    other: "{title} was in both carts: you now have {count}.",
  },
  reduced: {
    one: "{title}: you wanted {wanted}, {count} can be had.",
    other: "{title}: you wanted {wanted}, {count} can be had.",
  },
  favorites: {
    one: "{count} saved listing joined your favorites.",
    other: "{count} saved listings joined your favorites.",
  },
} as const;
