import { isRightToLeft, locale } from "@/lib/language";

/** A text in as many forms as a language counts with; `other` is the one that every language has. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** The names in braces: "{count} listings" has "count". */
export type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
type Values<T extends string> = Record<NamesIn<T>, string | number>;

const PLACES = /\{(\w+)\}/g;
/** Keeps what comes from elsewhere apart: a Latin name must not turn the order of an Arabic sentence. */
const ISOLATED = ["\u2068", "\u2069"] as const;

const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

function known<T>(kept: Map<string, T>, make: (asked: string) => T): T {
  const asked = locale();
  const found = kept.get(asked) ?? make(asked);
  kept.set(asked, found);
  return found;
}

export function formatCount(count: number): string {
  return known(numbers, (asked) => new Intl.NumberFormat(asked)).format(count);
}

function shown(value: string | number | undefined): string {
  if (typeof value === "number") return formatCount(value);
  if (value === undefined || !isRightToLeft()) return value ?? "";
  return ISOLATED[0] + value + ISOLATED[1];
}

/** Puts values into the places of a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(PLACES, (_, name: string) => shown(values[name]));
}

/** The same, where the text is known: a value that is missing or too many does not compile. */
export function say<const T extends string>(text: T, values: Values<T>): string {
  return fill(text, values);
}

export function formOf(forms: Forms, count: number): string {
  return forms[known(rules, (asked) => new Intl.PluralRules(asked)).select(count)] ?? forms.other;
}

/** The form for a count, with the count and the other values in their places. */
export function sayCount<const T extends { other: string }>(
  forms: T,
  count: number,
  ...values: Exclude<NamesIn<T["other"]>, "count"> extends never
    ? []
    : [Record<Exclude<NamesIn<T["other"]>, "count">, string | number>]
): string {
  return fill(formOf(forms, count), { count, ...values[0] });
}

/** Names of things in the middle of a sentence: English writes them small, German never, Arabic knows no difference. */
export function inSentence(name: string): string {
  return locale() === "en" ? name.toLowerCase() : name;
}

/** "Fair, good and new"; as `unit` without the last word. */
export function listed(names: string[], type: "conjunction" | "unit" = "conjunction"): string {
  return new Intl.ListFormat(locale(), { type }).format(names);
}

export function formatDate(instant: string, style: "long" | "medium"): string {
  return new Intl.DateTimeFormat(locale(), {
    dateStyle: style,
    ...(style === "medium" && { timeStyle: "short" as const }),
  }).format(new Date(instant));
}

export function formatFraction(value: number, digits: number): string {
  const asked = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(locale(), asked).format(value);
}

export function formatPercent(percent: number): string {
  return new Intl.NumberFormat(locale(), { style: "percent" }).format(percent / 100);
}
