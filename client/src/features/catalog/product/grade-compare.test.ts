import { expect, it } from "vitest";
import type { Product } from "@/api/generated";
import { aCard, euros } from "@/testing/builders";
import { gradeSentence, gradesInOrder } from "./grade-compare";
import { wearSentence } from "./inspection-record";

function aProduct(changes: Partial<Product>): Product {
  return {
    ...aCard({ id: "2", condition: "good", price: euros("237.00") }),
    model: "5",
    description: "",
    listedAt: "2026-11-01T00:00:00Z",
    attributes: [],
    wear: [],
    grades: [
      { id: "3", condition: "excellent", price: euros("254.00"), stock: 1 },
      { id: "2", condition: "good", price: euros("237.00"), stock: 2 },
      { id: "1", condition: "fair", price: euros("206.00"), stock: 0 },
    ],
    ...changes,
  };
}

it("offers the grades that can be had, the price rising", () => {
  expect(gradesInOrder(aProduct({})).map((grade) => grade.id)).toEqual(["2", "3"]);
});

it("keeps the grade that is looked at, also when it is sold", () => {
  const sold = aProduct({ id: "1", condition: "fair", price: euros("206.00") });
  expect(gradesInOrder(sold).map((grade) => grade.id)).toEqual(["1", "2", "3"]);
});

it("says what the better grade would cost more", () => {
  expect(gradeSentence(aProduct({}))).toBe("€17 less than excellent.");
  expect(gradeSentence(aProduct({ condition: "excellent", price: euros("254.00") }))).toBeUndefined();
});

it("says nothing when the better grade is not dearer", () => {
  const grades = [
    { id: "3", condition: "excellent" as const, price: euros("230.00"), stock: 1 },
    { id: "2", condition: "good" as const, price: euros("237.00"), stock: 2 },
  ];
  expect(gradeSentence(aProduct({ grades }))).toBeUndefined();
});

it("says nothing when the better grade is priced in another currency", () => {
  const dollars = { amount: "254.00", currency: "USD", display: "$254.00" };
  const grades = [
    { id: "3", condition: "excellent" as const, price: dollars, stock: 1 },
    { id: "2", condition: "good" as const, price: euros("237.00"), stock: 2 },
  ];
  expect(gradeSentence(aProduct({ grades }))).toBeUndefined();
});

it("reads a mark in the store's words, or in its own", () => {
  expect(wearSentence({ kind: "scuff", place: "lens ring", detail: "Scuff on the lens ring" })).toBe(
    "Scuff on the lens ring",
  );
  expect(wearSentence({ kind: "scuff", place: "lens ring", detail: "" })).toBe("Scuff, lens ring");
});
