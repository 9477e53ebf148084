import { expect, it } from "vitest";
import { rankChanges } from "./rank-change";

it("marks what rose by how far and what is new, and nothing that fell", () => {
  const changes = rankChanges(["a", "b", "c", "d"], ["d", "a", "x", "c"]);
  expect([...changes]).toEqual([
    ["d", 3],
    ["x", "new"],
  ]);
});

it("marks nothing the first time", () => {
  expect(rankChanges([], ["a"]).size).toBe(0);
});
