import { language } from "@/lib/language";
import type { ProductSummary } from "@/lib/product-summary";
import { say } from "./say";
import { words } from "./words";

/** What the shop itself names, in the shopper's language; a name that no catalogue has stays as the server wrote it. */
export function categoryName({ slug, name }: { slug: string; name: string }): string {
  return words.categories[slug] ?? name;
}

export function attributeName(key: string, label: string): string {
  return words.attributes[key] ?? label;
}

export function unitName(unit: string): string {
  return words.units[unit] ?? unit;
}

type Scope = keyof typeof words.notForMe.out;

/** What a "not for me" leaves out, in a list or after "Left out:". */
export function exclusionText(scope: Scope, { title, brand, category }: ProductSummary): string {
  const { out } = words.notForMe;
  if (scope === "maker") return say(out.maker, { maker: brand.name });
  if (scope === "kind") return say(out.kind, { kind: categoryName(category) });
  return say(out[scope], { title });
}

/**
 * What a store wrote stays as it is: its letters decide which way it runs. In another language of the shop it is said to
 * be English, which the assortment is written in, unless it has no Latin letter.
 */
export function asWritten(text: string): { lang?: "en"; dir: "auto" } {
  const isNative = language() === "en" || !/\p{Script=Latin}/u.test(text);
  return isNative ? { dir: "auto" } : { lang: "en", dir: "auto" };
}

/** Marks a text that was left in English as such, for those who hear the page. */
export function englishUnless(isTranslated: boolean): { lang: "en"; dir: "ltr" } | Record<never, never> {
  return isTranslated || language() === "en" ? {} : { lang: "en", dir: "ltr" };
}
