// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { aCard, euros } from "@/testing/builders";
import { answer, renderInShop } from "@/testing/render-in-shop";
import { ProductListing } from "./listing";

const laptop = aCard({ id: "1", title: "Keld 6" });

function page(parts: object = {}) {
  return { body: { items: [laptop], nextCursor: null, total: 1, facets: [], ...parts } };
}

it("says what was repaired and leads to the words as typed", async () => {
  const search = { query: "lapotp hp", repaired: [{ from: "lapotp", to: "laptop" }], relaxations: [] };
  answer({ "GET /products": page({ search }) });
  renderInShop(<ProductListing />, "/products?q=lapotp+hp");
  expect((await screen.findByText("laptop hp")).parentElement?.textContent).toBe(
    "Showing results for laptop hp. Search lapotp hp instead",
  );
  const link = screen.getByRole("link", { name: "Search lapotp hp instead" });
  expect(link.getAttribute("href")).toBe("/products?q=%22lapotp+hp%22");
});

it("names the nearest ways out of nothing with their counts", async () => {
  const relaxations = [
    { kind: "word", without: "keld", count: 2, query: "wireless" },
    { kind: "filter", without: "brand:keld", count: 1200 },
  ];
  const search = { query: "wireless keld", repaired: [], relaxations };
  answer({ "GET /products": page({ items: [], total: 0, search }) });
  renderInShop(<ProductListing />, "/products?q=wireless+keld&brand=keld");
  await screen.findByText("1,200 listings");
  const ways = screen.getAllByRole("listitem");
  const texts = ways.map((way) => way.textContent).filter((text) => text.includes("listings"));
  expect(texts).toEqual(["Without keld1,200 listings", "“wireless”, without “keld”2 listings"]);
  expect(screen.getByRole("link", { name: /^Without keld/ }).getAttribute("href")).toBe(
    "/products?q=wireless+keld",
  );
  expect(screen.getByRole("link", { name: /^“wireless”/ }).getAttribute("href")).toBe(
    "/products?q=wireless&brand=keld",
  );
});

it("says that nothing has all the words, before what has some", async () => {
  const relaxations = [{ kind: "word", without: "blue", count: 3, query: "laptop" }];
  const search = { query: "blue laptop", repaired: [], relaxations, reason: "some_words" };
  answer({ "GET /products": page({ search }) });
  renderInShop(<ProductListing />, "/products?q=blue+laptop");
  expect(await screen.findByText(/No listing has all of these words/)).toBeDefined();
  const way = screen.getByRole("link", { name: /without “blue”\s*3 listings/ });
  expect(way.getAttribute("href")).toBe("/products?q=laptop");
  expect(screen.getByRole("link", { name: /Keld 6/ })).toBeDefined();
});

it("offers the filters alone when no word is left", async () => {
  const relaxations = [{ kind: "word", without: "zzyzx", count: 52, query: "" }];
  const search = { query: "zzyzx", repaired: [], relaxations, reason: "nothing_found" };
  answer({ "GET /products": page({ items: [], total: 0, search }) });
  renderInShop(<ProductListing />, "/products?q=zzyzx&brand=keld");
  const way = await screen.findByRole("link", { name: /^Without “zzyzx”/ });
  expect(way.getAttribute("href")).toBe("/products?brand=keld");
});

it("says why words find nothing", async () => {
  const search = { query: "the and", repaired: [], relaxations: [], reason: "only_stop_words" };
  answer({ "GET /products": page({ items: [], total: 0, search }) });
  renderInShop(<ProductListing />, "/products?q=the+and");
  expect(await screen.findByText(/nearly every listing/)).toBeDefined();
});

it("filters by the category's own attributes, in the address, the chips and the request", async () => {
  const values = [
    { value: "128 GB", label: "128 GB", count: 3, selected: false },
    { value: "256 GB", label: "256 GB", count: 1, selected: false },
  ];
  const asked = answer({
    "GET /products": page({ facets: [{ field: "attr:storage", label: "Memory", values }] }),
  });
  const { router } = renderInShop(<ProductListing />, "/products?category=laptops");
  const boxes = await screen.findAllByRole("checkbox", { name: /^128 GB/ });
  if (boxes[0] !== undefined) await userEvent.click(boxes[0]);
  expect(router.state.location.search).toBe("?category=laptops&attr.storage=128+GB");
  expect(await screen.findByRole("button", { name: "Remove filter Memory: 128 GB" })).toBeDefined();
  expect(asked.at(-1)).toContain("attr.storage=128+GB");
});

it("shows the grades and prices of a model on one card that opens the cheapest", async () => {
  const items = [
    laptop,
    { ...laptop, id: "2", condition: "fair", price: euros("206.00") },
    { ...laptop, id: "3", condition: "new", price: euros("373.00") },
  ];
  answer({ "GET /products": page({ items, total: 3 }) });
  renderInShop(<ProductListing />, "/products");
  const card = await screen.findByRole("link", { name: /Keld 6/ });
  expect(card.getAttribute("href")).toBe("/products/2");
  expect(card.textContent).toMatch(/3 grades: new, good, fair€206.–.€373/);
  expect(screen.getByText("3 listings on 1 card")).toBeDefined();
});
