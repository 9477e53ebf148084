export const failures = {
  unknown: { title: "Etwas ist schiefgegangen", detail: "Der Laden konnte diese Anfrage nicht beantworten." },
  offline: {
    title: "Keine Verbindung",
    detail: "Der Laden war nicht erreichbar. Prüf die Verbindung und versuch es noch einmal.",
  },
  unreadable: {
    title: "Unlesbare Antwort",
    detail: "Der Laden war nicht erreichbar. Prüf die Verbindung und versuch es noch einmal.",
  },
};
export const fieldRefused = "Dieser Wert wurde nicht angenommen.";

export const problems = {
  internal: {
    title: "Etwas ist schiefgegangen",
    detail: "Der Fehler ist auf unserer Seite und festgehalten.",
  },
  malformed: {
    title: "Die Anfrage ist nicht lesbar",
    detail: "Lade die Seite neu und versuch es noch einmal.",
  },
  not_authenticated: { title: "Bitte melde dich an", detail: "Dafür musst du angemeldet sein." },
  forbidden: { title: "Nicht erlaubt", detail: "Das darf dieses Konto nicht." },
  not_found: { title: "Nicht gefunden", detail: "Das gibt es nicht, oder es gehört jemand anderem." },
  conflict: { title: "Gerade nicht möglich", detail: "Der Stand der Dinge lässt das nicht zu." },
  stale_version: {
    title: "Inzwischen geändert",
    detail: "Jemand hat das inzwischen geändert. Lade die Seite neu.",
  },
  too_large: { title: "Zu groß", detail: "Das ist mehr, als der Laden annimmt." },
  unsupported_media_type: { title: "Falsches Format", detail: "Dieses Format nimmt der Laden nicht an." },
  invalid: {
    title: "Einige Angaben stimmen nicht",
    detail: "Prüf deine Angaben und versuch es noch einmal.",
  },
  too_many_requests: { title: "Zu viele Anfragen", detail: "Warte einen Moment und versuch es noch einmal." },
  unavailable: {
    title: "Einen Moment lang nicht verfügbar",
    detail: "Versuch es gleich noch einmal.",
  },
  "cart.quantity_exceeds_stock": { title: "Nicht genug da", detail: "So viele sind nicht mehr da." },
  "cart.full": { title: "Der Warenkorb ist voll", detail: "Mehr verschiedene Artikel passen nicht hinein." },
  "login.wrong": { title: "Nicht angemeldet", detail: "E-Mail-Adresse oder Passwort stimmt nicht." },
  "account.email_taken": {
    title: "Es gibt schon ein Konto",
    detail: "Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
  },
};

export const fieldProblems = {
  too_short: "Das ist zu kurz.",
  too_long: "Das ist zu lang.",
  too_common: "Dieses Passwort ist leicht zu erraten.",
  too_many: "So viele sind nicht mehr da.",
  taken: "Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
  not_an_address: "Das ist keine E-Mail-Adresse.",
  string_too_short: "Das ist zu kurz.",
  string_too_long: "Das ist zu lang.",
  missing: "Diese Angabe fehlt.",
};
