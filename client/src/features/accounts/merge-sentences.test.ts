import { expect, it } from "vitest";
import { mergeSentences } from "./merge-sentences";

const nothing = { added: [], combined: [], reduced: [], favoritesAdded: 0 };

it("says nothing when nothing moved", () => {
  expect(mergeSentences(nothing)).toEqual([]);
});

it("says each thing that moved in its own words", () => {
  const report = {
    added: [{ productId: "1", title: "Obscur 5", quantity: 2 }],
    combined: [{ productId: "2", title: "Keld 6", quantity: 3 }],
    reduced: [{ productId: "3", title: "Tessel One", wanted: 4, quantity: 1 }],
    favoritesAdded: 1,
  };
  expect(mergeSentences(report)).toEqual([
    "2 × Obscur 5 came along to your cart.",
    "Keld 6 was in both carts: you now have 3.",
    "Tessel One: you wanted 4, 1 can be had.",
    "1 saved listing joined your favorites.",
  ]);
});
