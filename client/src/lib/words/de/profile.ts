export const profile = {
  notFollowed: "Dein Browser bittet darum, dir nicht zu folgen",
  notFollowedText: "Deshalb wird nichts festgehalten, was du hier tust, und du siehst, was alle sehen.",
  same: "Du siehst, was alle sehen",
  sameText: "Was unten festgehalten ist, ändert daran nichts.",
  arranged: "Deine Regale sind für dich geordnet",
  arrangedText:
    "Was unten steht, bestimmt die Reihenfolge der Regale unter einer schimmernden Linie, und nichts anderes.",
  nothing: "Für dich hat sich noch nichts geändert",
  nothingText:
    "Du siehst, was alle sehen. Öffne ein Angebot oder merk dir eins, dann ordnet sich die Startseite neu und sagt, warum.",
  pause: "Lernen anhalten",
  pauseText:
    "Solange das an ist, wird nichts festgehalten, was du tust. Was schon festgehalten ist, bestimmt weiter deine Regale.",
  everyone: "Mir zeigen, was alle sehen",
  everyoneText:
    "Jedes Regal sieht für alle gleich aus. Was festgehalten ist, bleibt unbenutzt hier, bis du zurückschaltest.",
};

export const tastes = {
  title: "Was wir daraus schließen",
  kinds: "Arten",
  makers: "Marken",
  prices: "Preise: meist von {low} bis {high}, um {middle}.",
};

export const exclusions = {
  title: "Nichts für mich",
  none: "Nichts ist ausgeschlossen. Mit den drei Punkten an einem vorgeschlagenen Angebot lässt du dieses Angebot, sein Modell, seine Marke oder seine Art weg.",
  again: "Wieder vorschlagen",
  againNamed: "Wieder vorschlagen: {what}",
  mayAgain: "Es darf wieder vorgeschlagen werden.",
};

export const signals = {
  title: "Was festgehalten ist",
  none: "Nichts von dem, was du getan hast, ist festgehalten.",
  older: "Ältere zeigen",
  gone: "Ein Angebot, das es nicht mehr gibt",
  forget: "Vergessen: {what} {title}",
  forgotten: "Vergessen.",
  did: "{what}: {title}",
  types: {
    view: "Geöffnet",
    click: "Aus einem Regal gewählt",
    favorite: "Gemerkt",
    cart_add: "In den Warenkorb gelegt",
    purchase: "Gekauft",
    rating: "Bewertet",
    dismiss: "Nichts für mich",
    impression: "Gezeigt",
  },
  weightless: "zählt nichts",
  weight: "Gewicht {weight}, zählt heute {now}",
  impressions: {
    one: "Außerdem wurde dir {count}-mal ein Angebot gezeigt. Das sagt nichts über deinen Geschmack; im Download steht es.",
    other:
      "Außerdem wurde dir {count}-mal ein Angebot gezeigt. Das sagt nichts über deinen Geschmack; im Download steht es.",
  },
};

export const forgetting = {
  title: "Nimm es mit, oder lass es vergessen",
  download: "Alles herunterladen",
  hour: "Die letzte Stunde vergessen",
  hourQuestion: "Die letzte Stunde vergessen?",
  hourText:
    "Was du in der letzten Stunde geöffnet, gewählt, dir gemerkt und ausgeschlossen hast, wird gelöscht, samt den Regalen, die deshalb gezeigt wurden. Das lässt sich nicht rückgängig machen.",
  all: "Alles vergessen",
  allQuestion: "Alles vergessen?",
  allText:
    "Alles, was auf dieser Seite steht, wird gelöscht, hier und beim nächsten Lernen auch im Modell. Warenkorb und Merkliste bleiben. Das lässt sich nicht rückgängig machen.",
};
