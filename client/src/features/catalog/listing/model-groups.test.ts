import { expect, it } from "vitest";
import { aCard, euros } from "@/testing/builders";
import { groupByModel } from "./model-groups";

const good = aCard({ id: "1", condition: "good", price: euros("237.00") });
const excellent = aCard({ id: "2", condition: "excellent", price: euros("254.00") });
const fair = aCard({ id: "3", condition: "fair", price: euros("206.00") });
const other = aCard({ id: "4", title: "Obscur Camera 6" });
const sameTitle = aCard({ id: "5", brand: { id: "9", slug: "keld", name: "Keld" } });

const shape = (pages: (typeof good)[][]) =>
  groupByModel(pages).map(({ lead, offers }) => [lead.id, offers.map((offer) => offer.id)]);

it("puts the listings of one model into one card at the place of the first, led by the cheapest", () => {
  expect(shape([[good, other, excellent, fair]])).toEqual([
    ["3", ["3", "1", "2"]],
    ["4", ["4"]],
  ]);
});

it("never mixes makers, and never changes a card that an earlier page has drawn", () => {
  expect(shape([[good, sameTitle], [fair]])).toEqual([
    ["1", ["1"]],
    ["5", ["5"]],
    ["3", ["3"]],
  ]);
});

it("is led by what can be bought", () => {
  const sold = { ...fair, inStock: false, stock: 0 };
  expect(shape([[sold, good]])).toEqual([["1", ["3", "1"]]]);
  expect(shape([[sold]])).toEqual([["3", ["3"]]]);
});
