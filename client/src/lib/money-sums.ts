import { formatterFor, type Money } from "./money";

/** Whole minor units with the number of decimals that they stand for. */
function toMinor(amount: string): { units: bigint; decimals: number } {
  const [whole = "0", fraction = ""] = amount.split(".");
  return { units: BigInt(whole + fraction), decimals: fraction.length };
}

function fromMinor(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const sign = units < 0n ? "-" : "";
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

function combine(left: Money, right: Money, sum: (a: bigint, b: bigint) => bigint): Money {
  const a = toMinor(left.amount);
  const b = toMinor(right.amount);
  const decimals = Math.max(a.decimals, b.decimals);
  const scale = (part: { units: bigint; decimals: number }) =>
    part.units * 10n ** BigInt(decimals - part.decimals);
  return withAmount(left, fromMinor(sum(scale(a), scale(b)), decimals));
}

function withAmount(money: Money, amount: string): Money {
  const changed = { amount, currency: money.currency, display: "" };
  return {
    ...changed,
    display: formatterFor(money.currency, "en").format(amount as Intl.StringNumericLiteral),
  };
}

export function addMoney(left: Money, right: Money): Money {
  return combine(left, right, (a, b) => a + b);
}

export function subtractMoney(left: Money, right: Money): Money {
  return combine(left, right, (a, b) => a - b);
}

export function multiplyMoney(money: Money, quantity: number): Money {
  const { units, decimals } = toMinor(money.amount);
  return withAmount(money, fromMinor(units * BigInt(quantity), decimals));
}

/** -1, 0 or 1; both amounts must be of one currency. */
export function compareMoney(left: Money, right: Money): number {
  const { units } = toMinor(subtractMoney(left, right).amount);
  return units < 0n ? -1 : Number(units > 0n);
}
