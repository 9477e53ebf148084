/** What the types cannot say of the catalogues: places, plural forms, words of the language, and the server's codes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "@/lib/language";
import { pages as arabicPages } from "./ar-pages";
import { words as arabic } from "./ar";
import { pages as germanPages } from "./de-pages";
import { words as german } from "./de";
import { pages as englishPages } from "./en-pages";
import { words as english } from "./en";
import { pseudo, pseudoText } from "./pseudo";

type Texts = Map<string, string | Record<string, string>>;

function textsOf(catalogue: object, path = "", texts: Texts = new Map()): Texts {
  for (const [key, value] of Object.entries(catalogue) as [string, string | Record<string, string>][]) {
    const isText = typeof value === "string" || "other" in value;
    if (isText) texts.set(`${path}${key}`, value);
    else textsOf(value, `${path}${key}.`, texts);
  }
  return texts;
}

const ENGLISH = textsOf({ ...english, ...englishPages });
const OTHERS = {
  de: textsOf({ ...german, ...germanPages }),
  ar: textsOf({ ...arabic, ...arabicPages }),
};
const allOf = (text: string | Record<string, string>) =>
  typeof text === "string" ? [text] : Object.values(text);
const placesIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted();

describe.each(["de", "ar"] as const)("%s", (code) => {
  const own = OTHERS[code];

  it("has every text", () => {
    expect([...ENGLISH.keys()].filter((key) => !own.has(key))).toEqual([]);
    // English takes these from the server, in the server's words.
    const named = /^(?:categories|attributes|units|problems|fieldProblems|shelfNotes)\./;
    expect(beyondEnglish(own).filter((key) => !named.test(key))).toEqual([]);
  });

  it("has the same places in every text as English", () => {
    const wrong = [...ENGLISH].filter(([key, text]) => {
      const wanted = new Set(allOf(text).flatMap(placesIn));
      const found = allOf(own.get(key) ?? "").map(placesIn);
      const isKnown = found.flat().every((place) => wanted.has(place));
      const whole = new Set(found.at(-1));
      return !isKnown || whole.size !== wanted.size;
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it("has the plural forms of its language, no more and no fewer", () => {
    const { pluralCategories } = new Intl.PluralRules(LANGUAGES[code].locale).resolvedOptions();
    const wanted = pluralCategories.toSorted().join();
    const wrong = [...own].filter(
      ([, text]) => typeof text !== "string" && Object.keys(text).toSorted().join() !== wanted,
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it("is written in its language", () => {
    const wrong = [...own].flatMap(([key, text]) =>
      allOf(text).filter((form) => !isWritten(form, code, ENGLISH.get(key))),
    );
    expect(wrong).toEqual([]);
  });
});

/** In the letters of its language, not in the words of the English text, without English quotes. */
function isWritten(form: string, code: "de" | "ar", inEnglish: unknown): boolean {
  const plain = form.replaceAll(/\{\w+\}|Jackdaw/g, "");
  if (!/\p{L}{2}/u.test(plain)) return true;
  const isForeign =
    code === "ar" ? !/\p{Script=Arabic}/u.test(plain) : plain.includes(" ") && form === inEnglish;
  return !isForeign && !/["“]\p{L}|\s$/u.test(form);
}

function beyondEnglish(texts: Texts): string[] {
  return [...texts.keys()].filter((key) => !ENGLISH.has(key));
}

it("speaks of the same things in every language", () => {
  expect(beyondEnglish(OTHERS.de)).toEqual(beyondEnglish(OTHERS.ar));
  expect(beyondEnglish(OTHERS.de).length).toBeGreaterThan(80);
});

/** The server's own sources: what it may send has words here. */
function sources(folder: string): string {
  const root = join(import.meta.dirname, "../../../..", folder);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".py") && !path.includes("tests"))
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
}

function firstGroups(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap(([, found]) => found ?? []))];
}

it("knows every problem and every note that the server may send, by its code", () => {
  const server = sources("server");
  const codes = firstGroups(server, /\bcode, title = (?:\d+, )?"([\w.]+)"/g);
  expect(codes).toContain("login.wrong");
  expect(codes).toContain("not_found");
  expect(codes.filter((code) => !(code in german.problems))).toEqual([]);
  const notes = firstGroups(server, /^ {4}(?:MISSING|STALE|SLOW|FAILED|UNREADABLE|UNKNOWN): "(\w+)"/gm);
  expect(notes).toHaveLength(6);
  expect(notes.filter((code) => !(code in german.shelfNotes))).toEqual([]);
});

it("names every shelf that the server may send, and gives every kind of reason", () => {
  const server = sources("server/features/recommendations");
  const rails = firstGroups(/RAIL_TITLES = \{(.*?)\n\}/s.exec(server)?.[1] ?? "", /"(\w+)":/g);
  const kinds = firstGroups(/ReasonKind = Literal\[(.*?)\]/s.exec(server)?.[1] ?? "", /"(\w+)"/g);
  expect(rails.length).toBeGreaterThan(3);
  expect(kinds.length).toBeGreaterThan(8);
  expect(rails.filter((id) => !(id in german.rails.titles))).toEqual([]);
  expect(kinds.filter((kind) => !(kind in german.reasons))).toEqual([]);
});

it("knows every category, attribute and unit of the demo shop", () => {
  const seed = sources("scripts/seed");
  const categories = firstGroups(seed, /Category\(\s*"([a-z-]+)",/g);
  const attributes = firstGroups(seed, /Attribute\(\s*"([a-z_]+)",/g);
  expect(categories.length).toBeGreaterThan(10);
  expect(attributes.length).toBeGreaterThan(40);
  expect(categories.filter((slug) => !(slug in german.categories))).toEqual([]);
  expect(attributes.filter((key) => !(key in german.attributes))).toEqual([]);
});

it("makes a language that is longer and keeps the places", () => {
  const made = pseudoText("Show {count} more listings");
  expect(made).toMatch(/^⟦.*⟧$/);
  expect(placesIn(made)).toEqual(["{count}"]);
  expect(made.length).toBeGreaterThanOrEqual("Show {count} more listings".length * 1.4);
  expect(made).not.toContain("more");
  expect(textsOf(pseudo(english) as object).size).toBe(textsOf(english).size);
});
