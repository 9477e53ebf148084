import { describe, expect, it } from "vitest";
import { activeFilters, clearFilters, toggleAttribute, toggleFacet } from "./filter-changes";
import { effectiveSort, filtersToSearch, NO_FILTERS, parseFilters, SORTS, type Filters } from "./filters";

/** A small seeded generator: the same filters in every run. */
function* someFilters(count: number, seed: number): Generator<Filters> {
  let state = seed;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  const words = ["obscur", "lumen & ash", "é+ü", "256 gb", "a=b&c", "キーボード", "-", "%20"];
  const several = () => [...new Set(Array.from({ length: next(4) }, () => words[next(words.length)] ?? "x"))];
  for (let round = 0; round < count; round += 1) {
    yield {
      q: words[next(words.length)] ?? "",
      category: several(),
      brand: several(),
      condition: several(),
      store: several(),
      attributes: { storage: ["128 GB", "a&b=c"], ...(several().length > 0 && { colour: ["Graphite"] }) },
      minPrice: next(2) === 0 ? "" : String(next(500)),
      maxPrice: next(2) === 0 ? "" : `${String(next(900))}.5`,
      priceCurrency: next(2) === 0 ? "" : "USD",
      inStock: next(2) === 0,
      sort: SORTS[next(SORTS.length + 1)] ?? "",
    };
  }
}

it("ticks attributes and forgets a key without values", () => {
  const once = toggleAttribute(NO_FILTERS, "storage", "128 GB");
  const twice = toggleAttribute(once, "storage", "256 GB");
  expect(twice.attributes).toEqual({ storage: ["128 GB", "256 GB"] });
  expect(activeFilters(twice).map(({ key }) => key)).toEqual(["attr:storage:128 GB", "attr:storage:256 GB"]);
  expect(toggleAttribute(once, "storage", "128 GB").attributes).toEqual({});
});

it("takes only attributes that are named as such from the address", () => {
  const search = new URLSearchParams("attr.storage=1&attr.=2&attr.Bad-key=3&attr.storage=1&attr.ram=");
  expect(parseFilters(search).attributes).toEqual({ storage: ["1"] });
});

describe("the address of a listing", () => {
  it("reads back what it wrote, for any filters", () => {
    for (const filters of someFilters(300, 7)) {
      expect(parseFilters(new URLSearchParams(filtersToSearch(filters).toString()))).toEqual(filters);
    }
  });

  it("is empty without filters", () => {
    expect(filtersToSearch(NO_FILTERS).toString()).toBe("");
  });

  it("drops what it does not understand", () => {
    const search = new URLSearchParams(
      "sort=cheapest&minPrice=abc&maxPrice=-4&priceCurrency=usd&inStock=1&brand=&brand=keld&brand=keld",
    );
    expect(parseFilters(search)).toEqual({ ...NO_FILTERS, brand: ["keld"] });
  });
});

describe("changing filters", () => {
  it("ticks and unticks a value, and leaves the others", () => {
    const ticked = toggleFacet({ ...NO_FILTERS, brand: ["keld"] }, "brand", "obscur");
    expect(ticked.brand).toEqual(["keld", "obscur"]);
    expect(toggleFacet(ticked, "brand", "keld").brand).toEqual(["obscur"]);
  });

  it("clears the filters but keeps the words and the order", () => {
    const filters: Filters = { ...NO_FILTERS, q: "camera", sort: "price", brand: ["keld"], inStock: true };
    expect(clearFilters(filters)).toEqual({ ...NO_FILTERS, q: "camera", sort: "price" });
  });

  it("names every chosen filter with the state that remains without it", () => {
    const filters: Filters = { ...NO_FILTERS, brand: ["keld", "obscur"], minPrice: "50", inStock: true };
    const active = activeFilters(filters);
    expect(active.map((filter) => filter.key)).toEqual(["brand:keld", "brand:obscur", "price", "inStock"]);
    expect(active[0]?.without).toEqual({ ...filters, brand: ["obscur"] });
    expect(active[2]?.without).toEqual({ ...filters, minPrice: "" });
  });

  it("orders by relevance when there are words and by popularity when not", () => {
    expect(effectiveSort(NO_FILTERS)).toBe("popular");
    expect(effectiveSort({ ...NO_FILTERS, q: "camera" })).toBe("relevance");
    expect(effectiveSort({ ...NO_FILTERS, q: "camera", sort: "price" })).toBe("price");
  });
});
