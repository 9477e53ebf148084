// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Facet } from "@/api/generated";
import { activeFilters } from "@/lib/filter-changes";
import { NO_FILTERS } from "@/lib/filters";
import { filterLabel } from "./filter-chips";
import { PriceFilter } from "./price-filter";
import { withFormerValues } from "./use-listing";

const ANY = { minPrice: "", maxPrice: "" };

function prices(currency: string, currencies: string[], ...values: string[]): Facet {
  const shown = values.map((value) => ({ value, label: value, count: 2, selected: false }));
  return { field: "price", values: shown, currency, currencies };
}

function open(facet: Facet, range = ANY) {
  const onChange = vi.fn();
  render(<PriceFilter range={range} facet={facet} onChange={onChange} />);
  return onChange;
}

test("the steps are in the currency that the server counted", async () => {
  const onChange = open(prices("USD", ["USD"], "0-49.99", "50-99.99", "1600-"));
  expect(screen.getAllByRole("checkbox").map((box) => box.parentElement?.textContent)).toEqual([
    "Under $502 listings",
    "$50 to $1002 listings",
    "$1,600 and more2 listings",
  ]);
  expect(screen.queryByRole("combobox")).toBeNull();
  await userEvent.click(screen.getByRole("checkbox", { name: /\$50 to/ }));
  // The address of a shop with one currency need not name it.
  expect(onChange).toHaveBeenCalledWith({ minPrice: "50", maxPrice: "99.99" });
});

test("where a currency has nothing smaller than its unit, steps meet as well", () => {
  open(prices("JPY", ["JPY"], "5000-9999"));
  expect(screen.getByRole("checkbox").parentElement?.textContent).toContain("¥5,000 to ¥10,000");
});

test("of several currencies one is chosen, and a filter says which", async () => {
  const onChange = open(prices("USD", ["EUR", "USD"], "50-99.99"), { minPrice: "10", maxPrice: "" });
  await userEvent.click(screen.getByRole("checkbox"));
  expect(onChange).toHaveBeenLastCalledWith({ minPrice: "50", maxPrice: "99.99", priceCurrency: "USD" });
  const choice = screen.getByRole<HTMLSelectElement>("combobox", { name: "Prices in" });
  expect(choice.value).toBe("USD");
  await userEvent.selectOptions(choice, "EUR");
  // What was bounded in dollars says nothing of euros.
  expect(onChange).toHaveBeenLastCalledWith({ ...ANY, priceCurrency: "EUR" });
});

test("a currency that nothing of the list has any more stays chosen", () => {
  open(prices("INR", ["EUR", "USD"]));
  expect(screen.getByRole<HTMLSelectElement>("combobox").value).toBe("INR");
});

function label(priceCurrency: string, facets: Facet[]): string | undefined {
  const [active] = activeFilters({ ...NO_FILTERS, minPrice: "50", priceCurrency });
  return active === undefined ? undefined : filterLabel(active, facets);
}

test("a chip names the currency of the address, else that of the list", () => {
  expect(label("USD", [prices("EUR", ["EUR", "USD"])])).toBe("From $50");
  expect(label("", [prices("INR", ["INR"])])).toBe("From ₹50");
  expect(label("", [])).toBe("From 50");
});

test("steps of another currency do not stay", () => {
  const shown = withFormerValues([prices("EUR", [], "0-49.99", "50-99.99")], [prices("USD", [], "50-99.99")]);
  expect(shown[0]?.values.map(({ value }) => value)).toEqual(["50-99.99"]);
  const former = withFormerValues([prices("EUR", [], "0-49.99")], [prices("EUR", [], "50-99.99")]);
  expect(former[0]?.values.map(({ count }) => count)).toEqual([0, 2]);
});
