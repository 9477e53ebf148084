import { language, type Language } from "@/lib/language";
import type { pages as englishPages } from "./en-pages";
import type { words as englishWords } from "./en";

type Words = typeof englishWords;
type PageWords = typeof englishPages;

/** The texts of the chosen language. They are there before anything is drawn, so nothing reads them while it is loaded. */
export let words: Words;
/** The texts of the pages that few visits open: they come with those pages. */
export let pageWords: PageWords;

/** The placeholders of a translation are those of the English text: a test compares them. */
type Catalogue = { words: unknown };
type PageCatalogue = { pages: unknown };

const CATALOGUES: Record<Language, () => Promise<Catalogue>> = {
  en: () => import("./en"),
  de: () => import("./de"),
  ar: () => import("./ar"),
  "en-XA": async () => {
    const [{ pseudo }, en] = await Promise.all([import("./pseudo"), import("./en")]);
    return { words: pseudo(en.words) };
  },
};
const PAGE_CATALOGUES: Record<Language, () => Promise<PageCatalogue>> = {
  en: () => import("./en-pages"),
  de: () => import("./de-pages"),
  ar: () => import("./ar-pages"),
  "en-XA": async () => {
    const [{ pseudo }, en] = await Promise.all([import("./pseudo"), import("./en-pages")]);
    return { pages: pseudo(en.pages) };
  },
};

export async function loadWords(asked: Language): Promise<void> {
  words = (await CATALOGUES[asked]()).words as Words;
}

export async function loadPageWords(asked: Language): Promise<void> {
  pageWords = (await PAGE_CATALOGUES[asked]()).pages as PageWords;
}

/** Gives a page's code together with the texts that it reads. */
export async function withPageWords<T>(page: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([page, loadPageWords(language())]);
  return loaded;
}
