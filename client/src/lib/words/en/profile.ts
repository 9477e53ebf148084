export const profile = {
  notFollowed: "Your browser asks not to be followed",
  notFollowedText: "So nothing you do here is kept, and you see what everyone sees.",
  same: "You see what everyone sees",
  sameText: "What is kept below changes nothing of it.",
  arranged: "Your shelves are arranged for you",
  arrangedText:
    "What is listed below decides the order of the shelves under a shimmering line, and nothing else does.",
  nothing: "Nothing has changed for you yet",
  nothingText:
    "You see what everyone sees. Open a listing or save one, and the home page rearranges and says why.",
  pause: "Pause learning",
  pauseText: "While this is on, nothing you do is kept. What is kept already goes on deciding your shelves.",
  everyone: "Show me what everyone sees",
  everyoneText:
    "Every shelf is the same for all shoppers. What is kept stays here, unused, until you switch back.",
} as const;

export const tastes = {
  title: "What we make of it",
  kinds: "Kinds",
  makers: "Makers",
  prices: "Prices: mostly from {low} to {high}, about {middle}.",
} as const;

export const exclusions = {
  title: "Not for me",
  none: "Nothing is left out. The three dots on a suggested listing leave out that listing, its model, its maker or its kind.",
  again: "Suggest again",
  againNamed: "Suggest again: {what}",
  mayAgain: "It may be suggested again.",
} as const;

export const signals = {
  title: "What is kept",
  none: "Nothing you did is kept.",
  older: "Show older",
  gone: "A listing that is gone",
  forget: "Forget: {what} {title}",
  forgotten: "Forgotten.",
  did: "{what}: {title}",
  types: {
    view: "Opened",
    click: "Chosen from a shelf",
    favorite: "Saved",
    cart_add: "Put into the cart",
    purchase: "Bought",
    rating: "Rated",
    dismiss: "Not for me",
    impression: "Shown",
  },
  weightless: "counts nothing",
  weight: "weight {weight}, counts {now} today",
  impressions: {
    one: "Besides, {count} time a listing was shown to you. That says nothing about your taste; the download lists it.",
    other:
      "Besides, {count} times a listing was shown to you. That says nothing about your taste; the download lists it.",
  },
} as const;

export const forgetting = {
  title: "Take it with you, or have it forgotten",
  download: "Download all of it",
  hour: "Forget the last hour",
  hourQuestion: "Forget the last hour?",
  hourText:
    "What you opened, chose, saved and left out within the last hour is deleted, with the shelves that were shown because of it. This cannot be undone.",
  all: "Forget everything",
  allQuestion: "Forget everything?",
  allText:
    "All that is listed on this page is deleted, here and in the model with its next fit. Your cart and your favorites stay. This cannot be undone.",
} as const;
