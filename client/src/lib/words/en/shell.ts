/** What stands around every page. */
export const shell = {
  skip: "Skip to the content",
  home: "Jackdaw, home",
  logIn: "Log in",
  accountOf: "Account of {name}",
  you: "What we know about you",
  categories: "Categories",
  line: "It remembers what you liked. You can look.",
  about: "How this shop works",
  everything: "Everything on the bench",
  theme: "Theme",
  themes: { system: "System", light: "Light", dark: "Dark" },
  language: "Language",
  close: "Close",
  dismiss: "Dismiss",
  undo: "Undo",
  keep: "Keep it",
  notes: "Notes",
  tryAgain: "Try again",
  seeEverything: "See everything",
  request: "Request",
  restWorks: "The rest of the page still works.",
  asTable: "The numbers as a table",
  title: "{page} · Jackdaw",
} as const;

/** Parts of a page that may fail on their own: "The cart could not be drawn". */
export const regions = {
  cart: "The cart could not be drawn",
  connection: "The note about the connection could not be drawn",
  merge: "The note about your cart could not be drawn",
  notes: "The notes could not be drawn",
  picture: "The picture could not be drawn",
  details: "The details could not be drawn",
  shelf: "The shelf could not be drawn",
  shelves: "The shelves could not be drawn",
  listing: "The listing could not be drawn",
  summary: "The summary could not be drawn",
} as const;

export const connection = {
  back: "You are online again.",
  gone: "You are offline.",
  stillShown: "Pages that you opened still show.",
  willKeep: "What you save or add to the cart is kept and sent later.",
  sending: { one: "{count} change is being sent.", other: "{count} changes are being sent." },
  kept: {
    one: "{count} change is kept and will be sent when the connection is back.",
    other: "{count} changes are kept and will be sent when the connection is back.",
  },
  keptNow: "Kept. It is sent when the connection is back.",
  notKept: "No connection, and this browser keeps nothing: please try again.",
} as const;

export const faults = {
  slipped: "Something slipped",
  slippedText:
    "This page could not be shown. Your cart and favorites are safe. Loading it again often helps.",
  loadAgain: "Load again",
  home: "Home",
  nothingHere: "Not on the bench",
  nothingHereText:
    "There is nothing at this address. It may have been sold and taken down, or the address has a slip in it.",
} as const;
