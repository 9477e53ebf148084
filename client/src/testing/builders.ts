import type { Card, Cart, CartLine, Item, Reason } from "@/api/generated";
import type { Money } from "@/lib/money";
import { multiplyMoney } from "@/lib/money-sums";

export function euros(amount: string): Money {
  return { amount, currency: "EUR", display: `€${amount}` };
}

export function aCard(changes: Partial<Card> = {}): Card {
  return {
    id: "101",
    title: "Obscur Camera 5",
    brand: { id: "1", slug: "obscur", name: "Obscur" },
    category: { id: "7", slug: "cameras", name: "Cameras" },
    condition: "good",
    price: euros("254.00"),
    inStock: true,
    stock: 3,
    store: { id: "2", name: "North Bench" },
    imageUrl: "/drawings/v1/cameras/obscur/5.svg",
    viewsCount: 12,
    version: 1,
    ...changes,
  };
}

export function aLine(product: Card, quantity: number): CartLine {
  return { id: `line-${product.id}`, product, quantity, lineTotal: multiplyMoney(product.price, quantity) };
}

export function aCart(lines: CartLine[], total: string): Cart {
  return { version: 1, lines, total: euros(total), totals: [euros(total)], problems: [], requirements: [] };
}

export function aReason(kind: Reason["kind"], text: string): Reason {
  return { kind, productIds: [], params: {}, text };
}

export function anItem(position: number, product: Card, reason: Reason): Item {
  return { position, product, score: 1, reason };
}
