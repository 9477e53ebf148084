export const shell = {
  skip: "Zum Inhalt springen",
  home: "Jackdaw, Startseite",
  logIn: "Anmelden",
  accountOf: "Konto von {name}",
  you: "Was wir über dich wissen",
  categories: "Kategorien",
  line: "Sie merkt sich, was dir gefiel. Du kannst nachsehen.",
  about: "Wie dieser Laden arbeitet",
  everything: "Alles auf der Werkbank",
  theme: "Farben",
  themes: { system: "System", light: "Hell", dark: "Dunkel" },
  language: "Sprache",
  close: "Schließen",
  dismiss: "Ausblenden",
  undo: "Rückgängig",
  keep: "Behalten",
  notes: "Hinweise",
  tryAgain: "Noch einmal versuchen",
  seeEverything: "Alles ansehen",
  request: "Anfrage",
  restWorks: "Der Rest der Seite funktioniert weiter.",
  asTable: "Die Zahlen als Tabelle",
  title: "{page} · Jackdaw",
};

export const regions = {
  cart: "Der Warenkorb ließ sich nicht anzeigen",
  connection: "Der Hinweis zur Verbindung ließ sich nicht anzeigen",
  merge: "Der Hinweis zu deinem Warenkorb ließ sich nicht anzeigen",
  notes: "Die Hinweise ließen sich nicht anzeigen",
  picture: "Das Bild ließ sich nicht anzeigen",
  details: "Die Einzelheiten ließen sich nicht anzeigen",
  shelf: "Das Regal ließ sich nicht anzeigen",
  shelves: "Die Regale ließen sich nicht anzeigen",
  listing: "Die Liste ließ sich nicht anzeigen",
  summary: "Die Übersicht ließ sich nicht anzeigen",
};

export const connection = {
  back: "Du bist wieder online.",
  gone: "Du bist offline.",
  stillShown: "Seiten, die du geöffnet hast, bleiben lesbar.",
  willKeep: "Was du dir merkst oder in den Warenkorb legst, wird aufgehoben und später gesendet.",
  sending: { one: "{count} Änderung wird gesendet.", other: "{count} Änderungen werden gesendet." },
  kept: {
    one: "{count} Änderung ist aufgehoben und wird gesendet, sobald die Verbindung zurück ist.",
    other: "{count} Änderungen sind aufgehoben und werden gesendet, sobald die Verbindung zurück ist.",
  },
  keptNow: "Aufgehoben. Es wird gesendet, sobald die Verbindung zurück ist.",
  notKept: "Keine Verbindung, und dieser Browser hebt nichts auf: Bitte versuch es noch einmal.",
};

export const faults = {
  slipped: "Da ist etwas verrutscht",
  slippedText:
    "Diese Seite ließ sich nicht anzeigen. Warenkorb und Merkliste sind sicher. Oft hilft es, sie neu zu laden.",
  loadAgain: "Neu laden",
  home: "Startseite",
  nothingHere: "Nicht auf der Werkbank",
  nothingHereText:
    "Unter dieser Adresse gibt es nichts. Vielleicht ist es verkauft und nicht mehr da, oder in der Adresse steckt ein Tippfehler.",
};
