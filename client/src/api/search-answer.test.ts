import { expect, it } from "vitest";
import { attributeFacets, searchNoteOf } from "./search-answer";

it("reads nothing from a server that sends nothing", () => {
  expect(searchNoteOf({ items: [], nextCursor: null })).toBeUndefined();
  expect(searchNoteOf({ search: null })).toBeUndefined();
  expect(searchNoteOf(undefined)).toBeUndefined();
});

it("reads repairs, reasons and relaxations, the most helpful first", () => {
  const search = {
    query: "lapotp hp",
    repaired: [{ from: "lapotp", to: "laptop" }],
    relaxations: [
      { kind: "word", without: "hp", count: 4, query: "laptop" },
      { kind: "filter", without: "brand:keld", count: 9 },
    ],
    reason: "filters",
  };
  expect(searchNoteOf({ search })).toEqual({
    ...search,
    relaxations: [search.relaxations[1], search.relaxations[0]],
  });
});

it("leaves out what it does not understand", () => {
  const note = searchNoteOf({
    search: {
      query: 7,
      repaired: [{ from: "a" }, null, { from: "b", to: "b" }],
      relaxations: [
        { kind: "moon", without: "x", count: 1 },
        { kind: "word", without: "x", count: 0 },
        { kind: "word", count: 2 },
        "no",
      ],
    },
  });
  expect(note).toEqual({ query: "", repaired: [], relaxations: [] });
});

it("finds the attributes among the facets and names them", () => {
  const values = [{ value: "128 GB", label: "128 GB", count: 3, selected: false }];
  const facets = [
    { field: "brand", values: [] },
    { field: "attr:storage", label: "Memory", values },
    { field: "attr:battery_health", values },
  ];
  expect(attributeFacets(facets)).toEqual([
    { key: "storage", title: "Memory", values },
    { key: "battery_health", title: "Battery health", values },
  ]);
});
