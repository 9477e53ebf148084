import { expect, it } from "vitest";
import { aCard } from "@/testing/builders";
import { oneOfEach } from "./home-mosaic";

const category = (slug: string) => ({ id: slug, slug, name: slug });

it("takes the most popular of each category, in the order of popularity", () => {
  const products = [
    aCard({ id: "1", category: category("phones") }),
    aCard({ id: "2", category: category("phones") }),
    aCard({ id: "3", category: category("watches") }),
    aCard({ id: "4", category: category("cameras") }),
  ];
  expect(oneOfEach(products, 2).map((product) => product.id)).toEqual(["1", "3"]);
});
