// @vitest-environment happy-dom
import { expect, it, vi } from "vitest";
import { shopApi } from "@/api/shop-api";
import { answer } from "@/testing/render-in-shop";
import { createStore } from "./store";

function ask(arg: Parameters<typeof shopApi.endpoints.listProducts.initiate>[0]) {
  return createStore().dispatch(shopApi.endpoints.listProducts.initiate(arg));
}

it("asks without a question mark when nothing is set", async () => {
  const asked = answer({ "GET /products": { body: { items: [], nextCursor: null } } });
  await ask({});
  await ask({ brand: ["a", "b"] });
  expect(asked).toEqual(["GET /products", "GET /products?brand=a&brand=b"]);
});

it("tells a lost connection, an unreadable answer and a refusal apart", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  expect((await ask({})).error).toMatchObject({ code: "offline", status: 0 });
  vi.stubGlobal("fetch", async () => new Response("<html>"));
  expect((await ask({})).error).toMatchObject({ code: "unreadable" });
  vi.stubGlobal("fetch", async () => new Response("<html>", { status: 502 }));
  expect((await ask({})).error).toMatchObject({ code: "http_502", status: 502 });
});
