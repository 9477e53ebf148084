export const cart = {
  title: "Warenkorb",
  yours: "Dein Warenkorb",
  yoursCounted: { one: "Dein Warenkorb ({count})", other: "Dein Warenkorb ({count})" },
  empty: "Warenkorb, leer",
  filled: { one: "Warenkorb, {count} Artikel", other: "Warenkorb, {count} Artikel" },
  nothing: "Noch nichts darin",
  nothingText: "Was du hineinlegst, bleibt hier, mit oder ohne Konto.",
  total: "Summe",
  view: "Warenkorb ansehen",
  each: "je {price}",
  remove: "Entfernen",
  removeNamed: "{label} entfernen",
  removed: "{title} entfernt",
  wasRemoved: "{title} wurde aus dem Warenkorb entfernt.",
  now: "{title}: {count}.",
  less: "Eins weniger von {label}",
  more: "Eins mehr von {label}",
  allThere: { one: "mehr gibt es nicht", other: "mehr gibt es nicht" },
  fell: "Der Preis ist seit dem Hineinlegen um {amount} gefallen.",
  rose: "Der Preis ist seit dem Hineinlegen um {amount} gestiegen.",
  left: { one: "Nur noch {count} da.", other: "Nur noch {count} da." },
  soldSince: "Inzwischen verkauft.",
  withdrawn: "Das Geschäft bietet es nicht mehr an.",
  comesAlong: { one: "Das kommt mit", other: "Diese {count} kommen mit" },
  totalText:
    "Die Summe ist das, was die Angebote kosten. Der Warenkorb bleibt, wie er ist, auf diesem Gerät oder in deinem Konto.",
};

export const favorites = {
  title: "Merkliste",
  saved: { one: "Merkliste, {count} gemerkt", other: "Merkliste, {count} gemerkt" },
  nothing: "Noch nichts gemerkt",
  nothingText:
    "Mit dem Herz an einem Angebot bleibt es hier. Ein Konto brauchst du nicht; wenn du dich anmeldest, kommt mit, was du dir gemerkt hast.",
  save: "{label} merken",
  isSaved: "{title} ist gemerkt.",
  isNotSaved: "{title} ist nicht mehr gemerkt.",
  notSaved: "{title} ließ sich nicht merken: {problem}.",
  notRemoved: "{title} ließ sich nicht entfernen: {problem}.",
};

export const merge = {
  title: "Deine Sachen sind mitgekommen",
  dismiss: "Diesen Hinweis ausblenden",
  added: {
    one: "{title} ist mit in deinen Warenkorb gekommen.",
    other: "{count} × {title} ist mit in deinen Warenkorb gekommen.",
  },
  combined: {
    one: "{title} lag in beiden Warenkörben: Jetzt hast du {count}.",
    other: "{title} lag in beiden Warenkörben: Jetzt hast du {count}.",
  },
  reduced: {
    one: "{title}: Du wolltest {wanted}, zu haben ist {count}.",
    other: "{title}: Du wolltest {wanted}, zu haben sind {count}.",
  },
  favorites: {
    one: "{count} gemerktes Angebot ist in deine Merkliste gekommen.",
    other: "{count} gemerkte Angebote sind in deine Merkliste gekommen.",
  },
};
