import { renderToString } from "react-dom/server";
import { createMemoryRouter, type RouteObject } from "react-router";
import { withFirstPage, type PageHandle } from "./first-page";
import { createLoaders } from "./loaders";
import { routesOf } from "./router";
import { Shop } from "./shop";
import { createStore } from "./store";
import { loadWords } from "@/lib/words/words";

/** Run by the build, in Node: how every route looks before it has data, for the server to send along. */
export type Frame = { path: string; file: string | undefined; html: string };

const silent = { impression: () => {}, click: () => {}, view: () => Promise.resolve() };

function drawn(routes: RouteObject[], path: string, hydrationData: object): string {
  const store = createStore();
  const router = createMemoryRouter(routes, { initialEntries: [path], hydrationData });
  const html = renderToString(<Shop store={store} router={router} tracking={silent} />);
  router.dispose();
  return html.replaceAll(/<title>.*?<\/title>/g, "");
}

function pagesOf(routes: RouteObject[]): RouteObject[] {
  return routes.flatMap((route) => (route.children === undefined ? [route] : pagesOf(route.children)));
}

const freshRoutes = () => routesOf(createLoaders(createStore()));

export async function drawFrames(): Promise<Frame[]> {
  await loadWords("en");
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
