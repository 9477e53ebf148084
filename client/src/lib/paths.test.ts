import { expect, it } from "vitest";
import { paths, safeReturnPath } from "./paths";

it("builds every address", () => {
  expect(paths.products()).toBe("/products");
  expect(paths.products({ category: ["cameras"], q: "mark 5" })).toBe("/products?q=mark+5&category=cameras");
  expect(paths.product("a/b")).toBe("/products/a%2Fb");
});

it.each([
  ["/account", "/account"],
  ["/products?q=a", "/products?q=a"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  [null, "/"],
])("returns to %s as %s", (wanted, path) => {
  expect(safeReturnPath(wanted)).toBe(path);
});
