import "@/styles/main.css";
import { startTransition } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { cartClosed } from "@/features/cart/cart-slice";
import { dropRouteMarks, takeFirstData } from "./first-data";
import { followConnection } from "./follow-connection";
import { withFirstPage } from "./first-page";
import { fetchPartsWhenIdle } from "./lazy-parts";
import { trackLater } from "./later-tracking";
import { createLoaders } from "./loaders";
import { routesOf } from "./router";
import { Shop } from "./shop";
import { createStore, type Store } from "./store";
import { hearTabs, tellingTabs } from "./tabs";
import { language, languageOfPage, setLanguage } from "@/lib/language";
import { loadWords } from "@/lib/words/words";

function prepare() {
  const channel = new BroadcastChannel("jackdaw");
  const store = createStore([tellingTabs(channel)]);
  const frameState = store.getState();
  hearTabs(channel, store);
  return { store, frameState, tracking: trackLater(store), routes: routesOf(createLoaders(store)) };
}

/** What belonged to the page that is left: the open drawer, and what the server wrote about its address. */
function clearBehind(router: ReturnType<typeof createBrowserRouter>, store: Store): void {
  let { location: shown } = router.state;
  router.subscribe(({ location }) => {
    if (location.pathname !== shown.pathname) store.dispatch(cartClosed());
    if (location.pathname !== shown.pathname || location.search !== shown.search) dropRouteMarks(document);
    shown = location;
  });
}

/** A function, not the module itself: later pages import from this file and must not wait for it. */
async function start(root: Element): Promise<void> {
  const isFramed = root.firstElementChild !== null;
  setLanguage(document, languageOfPage(document, isFramed));
  const { store, frameState, tracking, routes } = prepare();
  const { pathname, search } = globalThis.location;
  takeFirstData(store, document, search);
  const [hydrationData] = await Promise.all([withFirstPage(routes, pathname), loadWords(language())]);
  const router = createBrowserRouter(routes, { hydrationData });
  clearBehind(router, store);
  const shop = { store, router, tracking };
  // The development server sends no frame.
  if (!isFramed) createRoot(root).render(<Shop {...shop} />);
  // In pieces: a press is answered between them.
  else startTransition(() => void hydrateRoot(root, <Shop {...shop} frameState={frameState} />));
  followConnection(store);
  fetchPartsWhenIdle();
}

const root = document.querySelector("#root");
if (root === null) throw new Error("The page has no #root.");
void start(root);
