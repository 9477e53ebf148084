import { describe, expect, it } from "vitest";
import { aCard, aCart, aLine, euros } from "@/testing/builders";
import { countItems, MAX_QUANTITY, withoutLine, withProduct, withQuantity } from "./optimistic-cart";

const camera = aCard({ id: "1", price: euros("19.99") });
const phone = aCard({ id: "2", price: euros("100.00") });

describe("the cart before the server has answered", () => {
  it("holds a new product and its total", () => {
    const cart = withProduct(aCart([], "0.00"), camera, 3);
    expect(cart.lines.map((line) => [line.product.id, line.quantity])).toEqual([["1", 3]]);
    expect(cart.total.amount).toBe("59.97");
  });

  it("adds to the line of a product that is there already", () => {
    const cart = withProduct(aCart([aLine(camera, 1), aLine(phone, 1)], "119.99"), camera, 2);
    expect(cart.lines.map((line) => line.quantity)).toEqual([3, 1]);
    expect(cart.total.amount).toBe("159.97");
  });

  it("adds up what is priced alike", () => {
    const dollars = aCard({ id: "3", price: { amount: "5.00", currency: "USD", display: "$5.00" } });
    const cart = withProduct(aCart([aLine(camera, 1), aLine(phone, 1)], "119.99"), dollars, 2);
    expect(cart.totals.map(({ display }) => display)).toEqual(["€119.99", "$10.00"]);
    expect(cart.total).toEqual(cart.totals[0]);
    expect(withoutLine(withProduct(aCart([], "0.00"), camera, 1), "pending:1").totals).toHaveLength(1);
  });

  it("never exceeds what one line may hold", () => {
    const cart = withProduct(aCart([aLine(phone, MAX_QUANTITY)], "9900.00"), phone, 5);
    expect(cart.lines[0]?.quantity).toBe(MAX_QUANTITY);
  });

  it("changes a quantity, and zero takes the line away", () => {
    const before = aCart([aLine(camera, 1), aLine(phone, 1)], "119.99");
    expect(withQuantity(before, "line-2", 2).total.amount).toBe("219.99");
    expect(withQuantity(before, "line-2", 0).lines.map((line) => line.id)).toEqual(["line-1"]);
  });

  it("drops the problems of a line that is gone and keeps the others", () => {
    const before = {
      ...aCart([aLine(camera, 1), aLine(phone, 1)], "119.99"),
      problems: [
        { code: "out_of_stock" as const, lineId: "line-1", detail: "" },
        { code: "withdrawn" as const, lineId: "line-2", detail: "" },
      ],
    };
    expect(withoutLine(before, "line-1").problems.map((problem) => problem.lineId)).toEqual(["line-2"]);
  });

  it("is empty in the end", () => {
    const cart = withoutLine(aCart([aLine(camera, 1)], "19.99"), "line-1");
    expect(cart.total.amount).toBe("0.00");
    expect(countItems(cart)).toBe(0);
  });

  it("leaves the cart it was given as it was", () => {
    const before = aCart([aLine(camera, 1)], "19.99");
    const copy = structuredClone(before);
    withProduct(before, phone, 1);
    withQuantity(before, "line-1", 5);
    expect(before).toEqual(copy);
  });
});
