// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { cartApi } from "@/api/cart-api";
import { shopApi } from "@/api/shop-api";
import { countKept } from "@/lib/outbox";
import { selectToasts } from "@/lib/toasts-slice";
import { aCard, aCart, aLine } from "@/testing/builders";
import { withFullStorage, withLocks } from "@/testing/browser-parts";
import { answer } from "@/testing/render-in-shop";
import { startOutbox } from "./outbox";
import { createStore } from "./store";
import { tellingTabs } from "./tabs";

const camera = aCard({ id: "1", title: "Obscur 5" });
const filled = aCart([aLine(camera, 1)], "254.00");
/** What is read once all is sent. */
const AFTERWARDS = {
  "GET /cart": { body: filled },
  "GET /favorites": { body: { items: [camera], nextCursor: null } },
};
const unreachable = () => vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));

beforeEach(() => {
  localStorage.clear();
  withLocks();
});

async function shopWith(cart = aCart([], "0.00")) {
  const store = createStore([tellingTabs({ postMessage: () => {}, addEventListener: () => {} })]);
  await store.dispatch(shopApi.util.upsertQueryData("getCart", undefined, cart));
  await store.dispatch(
    shopApi.util.upsertQueryData("listFavorites", { limit: 100 }, { items: [], nextCursor: null }),
  );
  void store.dispatch(shopApi.endpoints.getCart.initiate());
  const { sendAll } = startOutbox(store);
  const shown = () => shopApi.endpoints.getCart.select()(store.getState()).data;
  return { store, sendAll, shown };
}

it("keeps what was added without a connection, shows it, and sends it once when it is back", async () => {
  const { store, sendAll, shown } = await shopWith();
  unreachable();
  await store.dispatch(cartApi.endpoints.addToCart.initiate({ product: camera, quantity: 1 }));
  expect(shown()?.lines.map((line) => line.product.id)).toEqual(["1"]);
  expect(selectToasts(store.getState())[0]?.text).toContain("Kept");
  await sendAll();
  expect(countKept()).toBe(1);

  const sent: [string, unknown][] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push([request.headers.get("Idempotency-Key") ?? "", await request.json()]);
    return new Response(JSON.stringify(filled), { status: 201 });
  });
  await Promise.all([sendAll(), sendAll()]);
  expect(sent).toEqual([[expect.stringMatching(/^[0-9a-f-]{36}$/), { productId: "1", quantity: 1 }]]);
  expect(countKept()).toBe(0);
});

it("changes and removes by product, whatever the line is called by then", async () => {
  const { store, sendAll } = await shopWith(filled);
  unreachable();
  await store.dispatch(cartApi.endpoints.changeQuantity.initiate({ lineId: "line-1", quantity: 3 }));
  await store.dispatch(cartApi.endpoints.removeLine.initiate("line-1"));
  const renamed = { ...filled, lines: [{ ...aLine(camera, 1), id: "line-9" }] };
  const asked = answer({
    "GET /cart": { body: renamed },
    "PATCH /cart/lines/line-9": { body: renamed },
    "DELETE /cart/lines/line-9": { body: aCart([], "0.00") },
  });
  await sendAll();
  expect(asked.slice(0, 4)).toEqual([
    "GET /cart",
    "PATCH /cart/lines/line-9",
    "GET /cart",
    "DELETE /cart/lines/line-9",
  ]);
});

it("keeps a heart, too", async () => {
  const { store, sendAll } = await shopWith();
  unreachable();
  await store.dispatch(shopApi.endpoints.setFavorite.initiate({ product: camera, isSaved: true }));
  const saved = shopApi.endpoints.listFavorites.select({ limit: 100 });
  expect(saved(store.getState()).data?.items).toHaveLength(1);
  const asked = answer({ "PUT /favorites/1": { status: 204 }, ...AFTERWARDS });
  await sendAll();
  expect(asked[0]).toBe("PUT /favorites/1");
});

it("tells a refusal in words and sends the rest", async () => {
  const { store, sendAll } = await shopWith();
  unreachable();
  await store.dispatch(cartApi.endpoints.addToCart.initiate({ product: camera, quantity: 1 }));
  await store.dispatch(shopApi.endpoints.setFavorite.initiate({ product: camera, isSaved: true }));
  const asked = answer({
    "POST /cart/lines": { status: 409, body: { code: "stock", detail: "Sold out." } },
    "PUT /favorites/1": { status: 204 },
    ...AFTERWARDS,
  });
  await sendAll();
  expect(asked.slice(0, 2)).toEqual(["POST /cart/lines", "PUT /favorites/1"]);
  expect(selectToasts(store.getState()).at(-1)).toMatchObject({
    text: "Obscur 5: Sold out.",
    tone: "problem",
  });
  expect(countKept()).toBe(0);
});

it("waits for a shop that is busy", async () => {
  const { store, sendAll } = await shopWith();
  unreachable();
  await store.dispatch(cartApi.endpoints.addToCart.initiate({ product: camera, quantity: 1 }));
  answer({ "POST /cart/lines": { status: 503, body: {} } });
  await sendAll();
  expect(countKept()).toBe(1);
});

it("takes a write back that was refused at once, or cannot be kept", async () => {
  const { store, shown } = await shopWith();
  answer({ "POST /cart/lines": { status: 409, body: {} }, "GET /cart": { body: aCart([], "0.00") } });
  await store.dispatch(cartApi.endpoints.addToCart.initiate({ product: camera, quantity: 1 }));
  expect(shown()?.lines).toEqual([]);
  unreachable();
  withFullStorage();
  await store.dispatch(cartApi.endpoints.addToCart.initiate({ product: camera, quantity: 1 }));
  expect(shown()?.lines).toEqual([]);
  expect(selectToasts(store.getState()).at(-1)?.tone).toBe("problem");
});

it("forgets at log-out what was not sent", async () => {
  const { store } = await shopWith();
  unreachable();
  await store.dispatch(cartApi.endpoints.addToCart.initiate({ product: camera, quantity: 1 }));
  answer({ "POST /auth/logout": { status: 204 } });
  await store.dispatch(shopApi.endpoints.logOut.initiate());
  expect(countKept()).toBe(0);
});
