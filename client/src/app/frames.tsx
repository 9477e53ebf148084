import { renderToString } from "react-dom/server";
import { createMemoryRouter, type RouteObject } from "react-router";
import { withFirstPage, type PageHandle } from "./first-page";
import { createLoaders } from "./loaders";
import { routesOf } from "./router";
import { Shop } from "./shop";
import { createStore } from "./store";
import { ALL_LANGUAGES, LANGUAGES, speak, type Language } from "@/lib/language";
import { Swatch } from "@/ui/swatch";
import { loadPageWords, loadWords, pageWords, words } from "@/lib/words/words";

/** How a route looks before it has data, and the file of its code. */
type Frame = { path: string; file: string | undefined; html: string };

/** The shop in one language, as the server needs to know it. */
export type FramedLanguage = {
  code: Language;
  direction: "ltr" | "rtl";
  isOffered: boolean;
  /** What the server writes about the pages. */
  words: object;
  picture: string;
  frames: Frame[];
};

const DUE_PICTURE = /(<span[^>]*?) data-due="picture"([^>]*)><\/span>/g;
const silent = { impression: () => {}, click: () => {}, view: () => Promise.resolve() };

function drawn(routes: RouteObject[], path: string, hydrationData: object): string {
  const store = createStore();
  const router = createMemoryRouter(routes, { initialEntries: [path], hydrationData });
  const html = renderToString(<Shop store={store} router={router} tracking={silent} />);
  router.dispose();
  return html
    .replaceAll(/<title>.*?<\/title>/g, "")
    .replaceAll(DUE_PICTURE, "<!--picture-->$1$2></span><!--/picture-->");
}

/** A bench with its drawing, for the server to fill: the one that the pages draw. */
function pictureTemplate(): string {
  const html = renderToString(<Swatch hue="{hue}" imageUrl="{imageUrl}" isEager />);
  // The page's head announces the picture already.
  return html.replace(/^<link[^>]*>/, "");
}

function pagesOf(routes: RouteObject[]): RouteObject[] {
  return routes.flatMap((route) => (route.children === undefined ? [route] : pagesOf(route.children)));
}

const freshRoutes = () => routesOf(createLoaders(createStore()));

async function framesOf(): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (const { path = "", handle } of pagesOf(freshRoutes())) {
    const pattern = `/${path}`;
    const example = pattern.replaceAll(/:\w+/g, "1");
    const routes = freshRoutes();
    const html = drawn(routes, example, await withFirstPage(routes, example));
    frames.push({ path: pattern, file: (handle as PageHandle | undefined)?.file, html });
  }
  return frames;
}

function headWords(): object {
  const { shell, home, faults, grades, categories } = words;
  const { listing, product, productSold, gone, noScript } = pageWords.head;
  return {
    title: home.title,
    description: home.intro,
    home: faults.home,
    everything: shell.everything,
    about: shell.about,
    missing: faults.nothingHere,
    grades: Object.fromEntries(Object.entries(grades).map(([condition, { label }]) => [condition, label])),
    categories,
    listing,
    product,
    productSold,
    gone,
    noScript,
  };
}

/** Run by the build, in Node: every route in every language, for the server to send along. */
export async function drawFrames(): Promise<FramedLanguage[]> {
  const languages: FramedLanguage[] = [];
  for (const code of ALL_LANGUAGES) {
    speak(code);
    await Promise.all([loadWords(code), loadPageWords(code)]);
    const { direction, isOffered } = LANGUAGES[code];
    languages.push({
      code,
      direction,
      isOffered,
      words: headWords(),
      picture: pictureTemplate(),
      frames: await framesOf(),
    });
  }
  return languages;
}
