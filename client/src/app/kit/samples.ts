import type { Condition } from "@/lib/grades";
import type { ProductSummary } from "@/lib/product-summary";

/** A product that no shop sells: the gallery needs no server. */
export function sampleProduct(changes: Partial<ProductSummary> = {}): ProductSummary {
  return {
    id: "0",
    title: "Obscur Lumen 9",
    brand: { id: "0", slug: "obscur", name: "Obscur" },
    category: { id: "0", slug: "cameras", name: "Cameras" },
    condition: "good" satisfies Condition,
    price: { amount: "254.00", currency: "EUR", display: "€254.00" },
    inStock: true,
    stock: 3,
    store: { id: "0", name: "The Darkroom" },
    imageUrl: "/drawings/v1/cameras/obscur/lumen-9.svg",
    viewsCount: 0,
    version: 1,
    ...changes,
  };
}

export const WEEKS = ["1", "2", "3", "4", "5", "6"];
export const SOLD = [
  { name: "Cameras", values: [12, 18, 15, 22, 27, 31] },
  { name: "Phones", values: [30, 28, 29, 24, 22, 19] },
  { name: "Watches", values: [4, 7, 6, 9, 8, 11] },
];
