/** Money crosses the wire as a decimal string with its currency; the only arithmetic, beside this file, is in whole minor units. */
import { locale } from "./language";

export type Money = { amount: string; currency: string; display: string };

const formatters = new Map<string, Intl.NumberFormat>();

export function formatterFor(currency: string, asked: string, isWhole = false): Intl.NumberFormat {
  const key = `${asked} ${currency} ${String(isWhole)}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(asked, {
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      ...(isWhole && { maximumFractionDigits: 0 }),
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

const isWhole = ({ amount }: Money) => !/\.\d*[1-9]/.test(amount);

/** The price as people read it: whole amounts have no empty decimals ("€129", "€129.90"). */
export function formatMoney(money: Money, asked = locale()): string {
  if (!/^-?\d+(\.\d+)?$/.test(money.amount)) return money.display;
  const formatter = formatterFor(money.currency, asked, isWhole(money));
  // Letters before a sign, as in "US$", would change places with it where lines run from right to left.
  return formatter
    .format(money.amount as Intl.StringNumericLiteral)
    .replace(/[A-Z]+\p{Sc}/u, "\u2066$&\u2069");
}

/** A bare amount, as a person typed it into a filter. */
export function formatAmount(amount: string, currency: string): string {
  return formatMoney({ amount, currency, display: amount });
}

/** "€206 – €254"; one price when both are the same. */
export function formatMoneyRange(low: Money, high: Money, asked = locale()): string {
  if (low.amount === high.amount || low.currency !== high.currency) return formatMoney(low, asked);
  return formatterFor(low.currency, asked, isWhole(low) && isWhole(high)).formatRange(
    low.amount as Intl.StringNumericLiteral,
    high.amount as Intl.StringNumericLiteral,
  );
}
