import { describe, expect, it } from "vitest";
import type { Facet } from "@/api/generated";
import { NO_FILTERS } from "@/lib/filters";
import { listingQuery, PAGE_SIZE } from "./listing-query";
import { facetLabel, withFormerValues } from "./use-listing";

function brands(...counts: [string, number][]): Facet[] {
  const values = counts.map(([value, count]) => ({
    value,
    label: value.toUpperCase(),
    count,
    selected: false,
  }));
  return [{ field: "brand", values }];
}

describe("what is asked for a listing", () => {
  it("names only what was chosen", () => {
    expect(listingQuery(NO_FILTERS)).toEqual({ sort: "popular", limit: PAGE_SIZE });
    expect(
      listingQuery({ ...NO_FILTERS, q: "cam", brand: ["keld"], maxPrice: "300", inStock: true }),
    ).toEqual({
      q: "cam",
      brand: ["keld"],
      maxPrice: "300",
      inStock: true,
      sort: "relevance",
      limit: PAGE_SIZE,
    });
  });

  it("names chosen attributes as the server does", () => {
    const query = listingQuery({ ...NO_FILTERS, attributes: { storage: ["128 GB", "256 GB"] } });
    expect(query).toEqual({ "attr.storage": ["128 GB", "256 GB"], sort: "popular", limit: PAGE_SIZE });
  });
});

describe("values of a facet", () => {
  it("stay in their place with a count of nothing, and new ones follow", () => {
    const shown = withFormerValues(brands(["keld", 4], ["obscur", 2]), brands(["tessel", 1], ["obscur", 3]));
    expect(shown[0]?.values.map(({ value, count }) => [value, count])).toEqual([
      ["keld", 0],
      ["obscur", 3],
      ["tessel", 1],
    ]);
  });

  it("stay when their whole facet is gone", () => {
    const shown = withFormerValues(brands(["keld", 4]), []);
    expect(shown[0]?.values.map(({ value, count }) => [value, count])).toEqual([["keld", 0]]);
  });

  it("are named by their label, or by themselves before it is known", () => {
    expect(facetLabel(brands(["keld", 4]), "brand", "keld")).toBe("KELD");
    expect(facetLabel([], "brand", "keld")).toBe("keld");
  });
});
