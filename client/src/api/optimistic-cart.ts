import type { Money } from "@/lib/money";
import { addMoney, multiplyMoney } from "@/lib/money-sums";
import type { Card, Cart, CartLine } from "./generated";

/** What the cart will be once the server agrees. Pure: the server's answer replaces the result in any case. */
export const MAX_QUANTITY = 99;
/** Lines that the server has not named yet. */
export const PENDING_PREFIX = "pending:";

function totalled(cart: Cart, lines: CartLine[]): Cart {
  const zero: Money = { amount: "0.00", currency: cart.total.currency, display: "" };
  // What is priced in two currencies does not add up.
  const byCurrency = Map.groupBy(lines, (line) => line.lineTotal.currency);
  const sums = [...byCurrency.values()].map((same) => same.map((line) => line.lineTotal).reduce(addMoney));
  const totals = sums.length === 0 ? [multiplyMoney(zero, 0)] : sums;
  const [total = zero] = totals;
  const lineIds = new Set(lines.map((line) => line.id));
  return {
    ...cart,
    lines,
    total,
    totals,
    problems: cart.problems.filter((problem) => lineIds.has(problem.lineId)),
  };
}

function resized(line: CartLine, quantity: number): CartLine {
  return { ...line, quantity, lineTotal: multiplyMoney(line.product.price, quantity) };
}

export function withProduct(cart: Cart, product: Card, quantity: number): Cart {
  const present = cart.lines.find((line) => line.product.id === product.id);
  const lines =
    present === undefined
      ? [
          ...cart.lines,
          resized({ id: PENDING_PREFIX + product.id, product, quantity, lineTotal: product.price }, quantity),
        ]
      : cart.lines.map((line) =>
          line === present ? resized(line, Math.min(line.quantity + quantity, MAX_QUANTITY)) : line,
        );
  return totalled(cart, lines);
}

export function withQuantity(cart: Cart, lineId: string, quantity: number): Cart {
  if (quantity <= 0) return withoutLine(cart, lineId);
  const lines = cart.lines.map((line) =>
    line.id === lineId ? resized(line, Math.min(quantity, MAX_QUANTITY)) : line,
  );
  return totalled(cart, lines);
}

export function withoutLine(cart: Cart, lineId: string): Cart {
  return totalled(
    cart,
    cart.lines.filter((line) => line.id !== lineId),
  );
}

export function countItems(cart: Cart | undefined): number {
  return cart?.lines.reduce((count, line) => count + line.quantity, 0) ?? 0;
}
