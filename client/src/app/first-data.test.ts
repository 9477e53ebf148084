// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { shopApi } from "@/api/shop-api";
import { listingQuery } from "@/features/catalog/listing/listing-query";
import { NO_FILTERS } from "@/lib/filters";
import { aCard } from "@/testing/builders";
import { answer } from "@/testing/render-in-shop";
import { dropRouteMarks, takeFirstData } from "./first-data";
import { createStore } from "./store";

function pageWith(text: string): Document {
  document.body.innerHTML = `<script type="application/json" id="first-data">${text}</script>`;
  return document;
}

it("puts what the server sent where the pages look for it, and asks for nothing", async () => {
  const asked = answer({});
  const store = createStore();
  const session = { user: null, personalised: false };
  const product = { ...aCard({ id: "7" }), grades: [] };
  const page = pageWith(
    JSON.stringify([
      { endpoint: "getSession", data: session },
      { endpoint: "getProduct", arg: { productId: "7" }, data: product },
      { endpoint: "getSimilar", arg: "7", data: { slateId: "s", items: [] } },
    ]),
  );
  takeFirstData(store, page, "");
  expect((await store.dispatch(shopApi.endpoints.getSession.initiate())).data).toEqual(session);
  const shown = await store.dispatch(shopApi.endpoints.getProduct.initiate({ productId: "7" }));
  expect(shown.data).toEqual(product);
  expect((await store.dispatch(shopApi.endpoints.getSimilar.initiate("7"))).data?.slateId).toBe("s");
  expect(asked).toEqual([]);
  expect(page.querySelector("#first-data")).toBeNull();
});

it("takes a listing as the answer to the address, from where the next page is asked for", async () => {
  const first = { items: [aCard({ id: "1" })], nextCursor: "next", total: 2 };
  const asked = answer({ "GET /products": { body: { items: [aCard({ id: "2" })], nextCursor: null } } });
  const store = createStore();
  takeFirstData(
    store,
    pageWith(JSON.stringify([{ endpoint: "browseProducts", data: first }])),
    "?q=cam&utm=x",
  );
  const arg = listingQuery({ ...NO_FILTERS, q: "cam" });
  const shown = await store.dispatch(shopApi.endpoints.browseProducts.initiate(arg));
  expect(shown.data?.pages).toEqual([first]);
  expect(asked).toEqual([]);
  const more = await store.dispatch(
    shopApi.endpoints.browseProducts.initiate(arg, { direction: "forward", forceRefetch: true }),
  );
  expect(more.data?.pages.map((page) => page.items[0]?.id)).toEqual(["1", "2"]);
  expect(asked).toEqual([expect.stringContaining("cursor=next")]);
});

it("goes without what it cannot read or does not know", () => {
  const store = createStore();
  for (const text of ["", "{", "7", '[{"endpoint":"getMoon","data":1}]'])
    takeFirstData(store, pageWith(text), "");
  document.body.innerHTML = "";
  takeFirstData(store, document, "");
  expect(store.getState().api.queries).toEqual({});
});

it("removes only what was written about the first address", () => {
  document.head.innerHTML = '<link rel="canonical" data-route /><meta name="viewport" />';
  dropRouteMarks(document);
  expect(document.head.innerHTML).toBe('<meta name="viewport">');
});
