import "@/styles/main.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Provider } from "react-redux";
import { RouterProvider } from "react-router/dom";
import { cartClosed } from "@/features/cart/cart-slice";
import { TrackingContext } from "@/lib/tracking/tracking-context";
import { fetchPartsWhenIdle } from "./lazy-parts";
import { trackLater } from "./later-tracking";
import { createLoaders } from "./loaders";
import { createRouter } from "./router";
import { createStore } from "./store";
import { hearTabs, tellingTabs } from "./tabs";

const root = document.querySelector("#root");
if (root === null) throw new Error("The page has no #root.");

const channel = new BroadcastChannel("jackdaw");
const store = createStore([tellingTabs(channel)]);
hearTabs(channel, store);
const tracking = trackLater(store);
const router = createRouter(createLoaders(store));

/** The drawer belongs to the page it was opened on. */
let pathname = router.state.location.pathname;
router.subscribe(({ location }) => {
  if (location.pathname === pathname) return;
  pathname = location.pathname;
  store.dispatch(cartClosed());
});

createRoot(root).render(
  <StrictMode>
    <Provider store={store}>
      <TrackingContext value={tracking}>
        <RouterProvider router={router} />
      </TrackingContext>
    </Provider>
  </StrictMode>,
);
fetchPartsWhenIdle();
