/** The languages of the shop. The server knows the same ones: it reads them from what the build writes. */
export const LANGUAGES = {
  en: { name: "English", direction: "ltr", locale: "en", isOffered: true },
  de: { name: "Deutsch", direction: "ltr", locale: "de", isOffered: true },
  // Amounts are typed, and models are named, in these digits too.
  ar: { name: "العربية", direction: "rtl", locale: "ar-u-nu-latn", isOffered: true },
  /** Longer and accented English: what a translation could not fit, or was never asked to translate, shows in it. */
  "en-XA": { name: "Pseudo", direction: "ltr", locale: "en", isOffered: false },
} as const satisfies Record<
  string,
  { name: string; direction: "ltr" | "rtl"; locale: string; isOffered: boolean }
>;
export type Language = keyof typeof LANGUAGES;

export const ALL_LANGUAGES = Object.keys(LANGUAGES) as Language[];
export const OFFERED_LANGUAGES = ALL_LANGUAGES.filter((code) => LANGUAGES[code].isOffered);
/** The server reads it before it sends a page; the browser keeps it for a year after the last visit. */
const COOKIE = "jackdaw_language";
const ONE_YEAR_S = 31_536_000;

let current: Language = "en";

export function language(): Language {
  return current;
}

/** What `Intl` is asked in. */
export function locale(): string {
  return LANGUAGES[current].locale;
}

export function isRightToLeft(): boolean {
  return LANGUAGES[current].direction === "rtl";
}

export function speak(next: Language): void {
  current = next;
}

export function setLanguage(page: Document, next: Language): void {
  speak(next);
  page.documentElement.lang = next;
  page.documentElement.dir = LANGUAGES[next].direction;
}

export function asLanguage(code: string | undefined): Language | undefined {
  return ALL_LANGUAGES.find((known) => known === code);
}

/** The first wish that the shop speaks: "de-AT" is German. */
export function firstOffered(wishes: readonly string[]): Language {
  const spoken = wishes.map((wish) =>
    OFFERED_LANGUAGES.find((code) => wish.toLowerCase().split("-")[0] === code),
  );
  return spoken.find((code) => code !== undefined) ?? "en";
}

export function chosenLanguage(cookies: string): Language | undefined {
  return asLanguage(new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(cookies)?.[1]);
}

function keepChoice(chosen: Language): void {
  const isSecure = globalThis.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${chosen}; Path=/; Max-Age=${String(ONE_YEAR_S)}; SameSite=Lax${isSecure}`;
}

/** The page is sent anew: its frame, its title and its first data come in the language that was chosen. */
export function chooseLanguage(chosen: Language): void {
  keepChoice(chosen);
  // Another language is another length: what stood here would stand somewhere else.
  globalThis.scrollTo({ top: 0, behavior: "instant" });
  globalThis.location.reload();
}

/**
 * The language of the page that stands there. With a frame the server has decided; without one (the development server
 * sends none) the choice is made here, in the same order.
 */
export function languageOfPage(page: Document, isFramed: boolean): Language {
  const chosen = chosenLanguage(page.cookie);
  // Some browsers drop what a script has stored after a week without a visit: every visit counts anew.
  if (chosen !== undefined) keepChoice(chosen);
  const decided = isFramed ? asLanguage(page.documentElement.lang) : chosen;
  return decided ?? firstOffered(navigator.languages);
}
