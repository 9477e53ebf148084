import { expect, it } from "vitest";
import { recentGroups, spokenCount, suggestionGroups } from "./suggestion-groups";

it("groups by kind in one order and leads to each kind's own place", () => {
  const groups = suggestionGroups([
    { kind: "product", text: "Keld 6", id: "12" },
    { kind: "brand", text: "Keld", id: "keld" },
    { kind: "query", text: "keld laptop" },
    { kind: "category", text: "Keyboards", id: "keyboards" },
  ]);
  expect(groups.map((group) => group.title)).toEqual(["Searches", "Categories", "Makers", "On the bench"]);
  expect(groups.flatMap((group) => group.choices.map((choice) => choice.to))).toEqual([
    "/products?q=keld+laptop",
    "/products?category=keyboards",
    "/products?brand=keld",
    "/products/12",
  ]);
});

it("limits what one kind may take", () => {
  const many = Array.from({ length: 9 }, (_, index) => ({
    kind: "product" as const,
    text: `Keld ${String(index)}`,
    id: String(index),
  }));
  expect(suggestionGroups(many)[0]?.choices).toHaveLength(4);
});

it("says the count and what was repaired", () => {
  expect(spokenCount(recentGroups(["camera"]))).toBe("1 suggestion.");
  expect(spokenCount([])).toBe("No suggestions.");
  const repaired = suggestionGroups([
    { kind: "query", text: "laptop", repairedFrom: "lapotp" },
    { kind: "category", text: "Laptops", id: "laptops" },
  ]);
  expect(spokenCount(repaired)).toBe("Suggestions for laptop. 2 suggestions.");
});
