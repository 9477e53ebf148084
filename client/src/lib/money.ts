/** Money crosses the wire as a decimal string with its currency; the only arithmetic here is in whole minor units. */
export type Money = { amount: string; currency: string; display: string };

const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** The price as people read it: whole amounts drop their empty decimals ("€129", "€129.90"). */
export function formatMoney(money: Money, locale = "en"): string {
  const formatter = formatterFor(money.currency, locale);
  if (!/^-?\d+(\.\d+)?$/.test(money.amount)) return money.display;
  const text = formatter.format(money.amount as Intl.StringNumericLiteral);
  return /\.0+$/.test(money.amount) ? text.replace(/[.,]0+(?=\D*$)/, "") : text;
}

/** A bare amount, as a person typed it into a filter. */
export function formatAmount(amount: string, currency: string): string {
  return formatMoney({ amount, currency, display: amount });
}

/** "€206 – €254"; one price when both are the same. */
export function formatMoneyRange(low: Money, high: Money, locale = "en"): string {
  if (low.amount === high.amount || low.currency !== high.currency) return formatMoney(low, locale);
  const isWhole = [low, high].every(({ amount }) => !/[1-9]/.test(amount.split(".")[1] ?? ""));
  const formatter = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: low.currency,
    currencyDisplay: "narrowSymbol",
    ...(isWhole && { maximumFractionDigits: 0 }),
  });
  return formatter.formatRange(
    low.amount as Intl.StringNumericLiteral,
    high.amount as Intl.StringNumericLiteral,
  );
}

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
