export const head = {
  listing: "{title}: gebraucht, Stück für Stück geprüft, mit einem Preis je Zustand.",
  product: "Zustand: {grade}, {price}, von {store}. {description}",
  productSold: "Zustand: {grade}, {price}, von {store}. Verkauft. {description}",
  gone: "Unter dieser Adresse gibt es nichts.",
  noScript: "Jackdaw braucht JavaScript für Regale und Warenkorb.",
};

export const about = {
  intro:
    "Eine Dohle sammelt, was glänzt, und merkt sich Gesichter. So macht es auch dieser Laden: Er findet gute Dinge wieder, und er zeigt offen, was er über dich gelernt hat.",
  line: "Die schimmernde Linie",
  lineText:
    "Der Nacken einer Dohle schillert wie Öl. In diesem Laden steht eine Linie mit diesem Schimmer genau dann über einem Regal, wenn etwas, das du getan hast, es verändert hat. Der Grund daneben beginnt mit „weil“. Ein Regal mit einer einfachen Linie sieht für alle gleich aus.",
  order: "Was die Reihenfolge bestimmt",
  orderOwn: "Was du geöffnet, dir gemerkt und in den Warenkorb gelegt hast; das Neueste zählt am meisten.",
  orderOthers: "Was Menschen mit ähnlichen Interessen geöffnet, sich gemerkt und gekauft haben.",
  orderPopular: "Was gerade beliebt ist; älteres Interesse verblasst.",
  orderStock: "Der Bestand: Verkauftes wird nicht empfohlen.",
  grade: "Was ein Zustand bedeutet",
};

export const accounts = {
  account: "Konto",
  logIn: "Anmelden",
  logOut: "Abmelden",
  logInText: "Warenkorb und Merkliste kommen mit. Neu hier? {link}",
  createAccount: "Konto anlegen",
  signUpText: "Warenkorb, Merkliste und Regale bleiben, wie sie sind. Hast du schon ein Konto? {link}",
  create: "Konto anlegen",
  email: "E-Mail",
  name: "Name",
  password: "Passwort",
  passwordHint: "Mindestens 10 Zeichen. Ein Satz ist eine gute Wahl.",
  memberSince: "Dabei seit",
  saveName: "Namen speichern",
  nameSaved: "Name gespeichert",
  problem: "Es gibt ein Problem",
  tooMany: {
    one: "Zu viele Versuche. Versuch es in {count} Minute noch einmal.",
    other: "Zu viele Versuche. Versuch es in {count} Minuten noch einmal.",
  },
  noEmail: "Gib eine E-Mail-Adresse ein, zum Beispiel name@example.com",
  shortPassword: "Wähl ein Passwort mit mindestens 10 Zeichen",
  noPassword: "Gib dein Passwort ein",
  noName: "Gib den Namen ein, mit dem wir dich ansprechen sollen",
};
