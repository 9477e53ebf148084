export const grades = {
  new: { label: "New", inText: "new", meaning: "Unused, in its box." },
  excellent: { label: "Excellent", inText: "excellent", meaning: "No mark shows from 20 cm." },
  good: { label: "Good", inText: "good", meaning: "Small marks show from 20 cm, none from 50 cm." },
  fair: { label: "Fair", inText: "fair", meaning: "Marks show from 50 cm. Everything works." },
} as const;

export const card = {
  sold: "Sold",
  lastOne: "Last one",
  newHere: "new here",
  named: "{title}, {grade}",
  grades: { one: "{count} grade", other: "{count} grades" },
  ofOneGrade: "{count} × {grade}",
} as const;

export const listing = {
  listings: { one: "{count} listing", other: "{count} listings" },
  spoken: { one: "{count} listing.", other: "{count} listings." },
  shown: { one: "{shown} of {count} listing", other: "{shown} of {count} listings" },
  onCards: { one: " on {count} card", other: " on {count} cards" },
  showMore: { one: "Show {count} more", other: "Show {count} more" },
  showFound: { one: "Show {count} listing", other: "Show {count} listings" },
  searched: "“{words}”",
  filters: "Filters",
  filtersChosen: "Filters ({count})",
  chosen: "Chosen filters",
  remove: "Remove filter {label}",
  clear: "Clear all",
  fewer: "Show fewer",
  all: "Show all {count}",
  ofListings: "listings",
  fields: { category: "Category", brand: "Maker", condition: "Condition", store: "Store" },
  stock: "Stock",
  inStock: "In stock",
  inStockOnly: "In stock only",
  price: "Price",
  pricesIn: "Prices in",
  lowest: "Lowest price",
  highest: "Highest price",
  apply: "Apply",
  upTo: "Up to {price}",
  from: "From {price}",
  range: "{low} to {high}",
  under: "Under {price}",
  andMore: "{price} and more",
  sort: "Sort",
  sorts: {
    relevance: "Best match",
    for_you: "For you",
    popular: "Popular",
    newest: "Newest",
    price: "Price, low to high",
    "-price": "Price, high to low",
  },
} as const;

export const found = {
  results: "Showing results for {words}.",
  instead: "Search {words} instead",
  someWords: "No listing has all of these words. These have some of them.",
  nothing: "Nothing found for “{words}”",
  noMatch: "Nothing matches all of these",
  oneStep: "One step back finds:",
  takeAway: "Taking one of these away may bring something back:",
  spelling: "Check the spelling, or try a kind of device or a maker alone.",
  without: "Without {label}",
  withoutWord: "Without “{word}”",
  withWords: "“{words}”, without “{word}”",
  or: "or",
  reasons: {
    only_stop_words:
      "These words stand in nearly every listing, so they find nothing in particular. Add a maker, a kind of device or a model.",
    nothing_searchable: "There is no letter and no digit in it that could be searched for.",
    too_long: "This is longer than a search may be. A maker and a model are enough.",
  },
} as const;

export const product = {
  soldBy: "Sold and inspected by {store}",
  inStock: { one: "{count} in stock", other: "{count} in stock" },
  condition: "Condition",
  less: "{price} less than {grade}.",
  drawn: "{title}, drawn from the front, {grade} condition",
  about: "About this one",
  listed: "Listed on {date}",
  seen: { one: "seen {count} time", other: "seen {count} times" },
  record: "Inspection record",
  noMarks: "No marks were recorded when the store inspected it.",
  specifications: "Specifications",
  addToCart: "Add to cart",
  inCart: "{title} is in the cart.",
  soldText: "Sold. The others like it are below.",
  save: "Save",
  saved: "Saved",
} as const;

/** Names of what the shop itself sells, by slug and by key; what another shop sells keeps the name that it gave. */
export const categories: Readonly<Record<string, string>> = {};
export const attributes: Readonly<Record<string, string>> = {};
export const units: Readonly<Record<string, string>> = {};
