export const home = {
  title: "Jackdaw: Elektronik, wiedergefunden",
  heroFirst: "Gute Dinge,",
  heroSecond: "wiedergefunden.",
  intro:
    "Gebrauchte Elektronik, Stück für Stück geprüft. Jede Spur ist festgehalten, und jedes Regal sagt, warum es so aussieht.",
  popular: "Beliebt auf der Werkbank",
  rearranged: "Die Regale wurden neu geordnet.",
  rearrangedBecause: "Die Regale wurden neu geordnet. {reason}.",
  empty: "Die Werkbank ist leer",
  emptyText: "Zurzeit ist nichts eingestellt. Neues erscheint hier, sobald ein Geschäft etwas einstellt.",
};

export const rails = {
  cart: "Passt zu deinem Warenkorb",
  session: "Wie es weitergehen könnte",
  similar: "Ähnliche Angebote",
  /** Where the product itself is sold out. */
  instead: "Statt dieses Angebots",
  preview: "Dein erstes Regal im Moment",
  titles: {
    continue: "Weitermachen, wo du warst",
    for_you: "Für dich ausgesucht",
    buy_again: "Noch einmal kaufen",
    trending: "Diese Woche gefragt",
    new: "Neu eingetroffen",
    popular: "Beliebt im Laden",
  },
};

export const reasons = {
  because_you_viewed: "Weil du dir {titles} angesehen hast",
  viewedItself: "Das hast du dir kürzlich angesehen",
  because_you_saved: "Weil du dir {titles} gemerkt hast",
  because_in_cart: "Weil {titles} in deinem Warenkorb liegt",
  similar_to: "Ähnlich wie {titles}",
  for_you: "Für dich ausgesucht, weil dich {titles} interessiert",
  popular: "Weckt zurzeit das meiste Interesse",
  popularIn: "Beliebt in {category}",
  trending: "Bekommt mehr Aufmerksamkeit als sonst",
  new: "Neu eingestellt",
  buy_again: "Das hast du schon einmal gekauft",
  picked: "Für dich ausgesucht",
};

export const shelfNotes = {
  missing: "Wir lernen noch, was zusammenpasst. Bis dahin siehst du, was beliebt ist.",
  stale: "Unsere Auswahl wurde eine Weile nicht erneuert. Bis dahin siehst du, was beliebt ist.",
  slow: "Die persönliche Auswahl dauert gerade zu lange. Bis dahin siehst du, was beliebt ist.",
  failed: "Die persönliche Auswahl ist gerade nicht verfügbar. Bis dahin siehst du, was beliebt ist.",
  unreadable: "Wir können unsere Auswahl gerade nicht nachschlagen. Bis dahin siehst du, was beliebt ist.",
  unknown: "Das ist noch zu neu für unsere Auswahl. Bis dahin siehst du, was beliebt ist.",
};

export const notForMe = {
  title: "Nichts für mich",
  named: "Nichts für mich: {title}",
  question: "Was soll der Laden nicht mehr vorschlagen? Du kannst es jederzeit zurücknehmen.",
  leftOut: "Weggelassen: {what}.",
  scopes: {
    item: "Nur dieses Angebot",
    model: "Dieses Modell, in jedem Zustand",
    owned: "So eins habe ich schon",
    maker: "Alles von {maker}",
    kind: "Alles aus: {kind}",
  },
  out: {
    item: "Dieses Angebot: {title}",
    model: "Jeder Zustand von {title}",
    owned: "Du hast {title}",
    maker: "Alles von {maker}",
    kind: "Alles aus: {kind}",
  },
};

export const search = {
  label: "Den Laden durchsuchen",
  button: "Suchen",
  placeholder: "Kameras, Marken, „256 GB“ …",
  suggestions: "Vorschläge",
  groups: { query: "Suchen", category: "Kategorien", brand: "Marken", product: "Auf der Werkbank" },
  latest: "Deine letzten Suchen",
  count: { one: "{count} Vorschlag.", other: "{count} Vorschläge." },
  none: "Keine Vorschläge.",
  countFor: "Vorschläge für {words}. {count}",
  instead: "statt „{words}“",
  removeLatest: "Letzte Suchen entfernen",
  remove: "{words} entfernen",
  onDevice: "Nur auf diesem Gerät gespeichert",
  removeAll: "Alle entfernen",
};
