import { describe, expect, it } from "vitest";
import { formatMoney, formatMoneyRange, type Money } from "./money";
import { addMoney, compareMoney, multiplyMoney, subtractMoney } from "./money-sums";

const euros = (amount: string): Money => ({ amount, currency: "EUR", display: `€${amount}` });
const yen = (amount: string): Money => ({ amount, currency: "JPY", display: `¥${amount}` });

describe("formatMoney", () => {
  it.each([
    ["129.00", "€129"],
    ["129.90", "€129.90"],
    ["0.05", "€0.05"],
    ["1234567.10", "€1,234,567.10"],
    ["-5.00", "-€5"],
  ])("shows %s as %s", (amount, text) => {
    expect(formatMoney(euros(amount))).toBe(text);
  });

  it("shows an amount that was typed, or has no smaller unit, as it is", () => {
    expect(formatMoney({ amount: "50", currency: "EUR", display: "" })).toBe("€50");
    expect(formatMoney({ amount: "5000", currency: "JPY", display: "" })).toBe("¥5,000");
  });

  it("keeps the order of the language", () => {
    expect(formatMoney(euros("1299.00"), "de")).toBe("1.299\u00a0€");
  });

  it("keeps every digit of an amount that a float would round", () => {
    expect(formatMoney(euros("9007199254740993.01"))).toBe("€9,007,199,254,740,993.01");
  });

  it("falls back to the server's text for an amount it cannot read", () => {
    expect(formatMoney({ amount: "n/a", currency: "EUR", display: "on request" })).toBe("on request");
  });
});

describe("arithmetic in minor units", () => {
  it("adds without float error", () => {
    expect(addMoney(euros("0.10"), euros("0.20")).amount).toBe("0.30");
  });
  it("subtracts below zero", () => {
    expect(subtractMoney(euros("1.05"), euros("2.00")).amount).toBe("-0.95");
  });
  it("multiplies and keeps currencies without decimals whole", () => {
    expect(multiplyMoney(euros("19.99"), 3).amount).toBe("59.97");
    expect(multiplyMoney(yen("120"), 3)).toEqual({ amount: "360", currency: "JPY", display: "¥360" });
  });
  it("compares amounts, not texts", () => {
    expect(compareMoney(euros("9.00"), euros("10.00"))).toBe(-1);
    expect(compareMoney(euros("10.0"), euros("10.00"))).toBe(0);
    expect(compareMoney(euros("10.01"), euros("10.00"))).toBe(1);
  });
});

it("formats a range as one, without decimals where none are needed", () => {
  expect(formatMoneyRange(euros("206.00"), euros("254.00"))).toMatch(/^€206\s–\s€254$/);
  expect(formatMoneyRange(euros("206.50"), euros("254.00"))).toMatch(/^€206.50\s–\s€254.00$/);
  expect(formatMoneyRange(euros("206.00"), euros("206.00"))).toBe("€206");
});
