import { afterAll, expect, it } from "vitest";
import { speak } from "@/lib/language";
import { loadWords } from "@/lib/words/words";
import { drawFrames } from "./frames";

const languages = await drawFrames();
const framesOf = (code: string) => languages.find((language) => language.code === code)?.frames ?? [];
const htmlOf = (path: string, code = "en") => framesOf(code).find((frame) => frame.path === path)?.html ?? "";

afterAll(async () => {
  speak("en");
  await loadWords("en");
});

it("draws a frame for every route, with the header and without a title of its own", () => {
  expect(framesOf("en").map((frame) => frame.path)).toEqual(
    expect.arrayContaining(["/", "/products", "/products/:id", "/*"]),
  );
  for (const { html } of framesOf("en")) {
    expect(html).toContain('aria-label="Jackdaw, home"');
    expect(html).not.toContain("<title>");
    expect(html).not.toContain("style=");
  }
});

it("draws every route in every language, and says which way that language runs", () => {
  expect(languages.map(({ code, direction }) => [code, direction])).toEqual([
    ["en", "ltr"],
    ["de", "ltr"],
    ["ar", "rtl"],
    ["en-XA", "ltr"],
  ]);
  expect(htmlOf("/", "de")).toContain("Gute Dinge,");
  expect(htmlOf("/", "ar")).toContain("أشياء جيدة،");
  expect(htmlOf("/", "en-XA")).toContain("⟦");
  for (const code of ["de", "ar"]) {
    expect(framesOf(code).map(({ path }) => path)).toEqual(framesOf("en").map(({ path }) => path));
    expect(htmlOf("/", code)).not.toContain("Good things");
  }
});

it("holds the place of what is coming, and says nothing that only the address knows", () => {
  expect(htmlOf("/")).toContain("Good things,");
  expect(
    htmlOf("/products").match(/<!--picture--><span class="swatch"><\/span><!--\/picture-->/g),
  ).toHaveLength(12);
  expect(htmlOf("/products")).not.toContain("<h1");
  expect(htmlOf("/products/:id").match(/<!--picture-->/g)).toHaveLength(1);
  expect(htmlOf("/")).toContain('<!--picture--><span data-swatch="cameras" class="swatch"></span>');
  expect(htmlOf("/cart")).not.toContain("<h1");
});

it("gives the server the bench to lay a picture on", () => {
  for (const { picture } of languages) {
    expect(picture).toMatch(
      /^<span data-swatch="\{hue\}" class="swatch"><img src="\{imageUrl\}" alt="" [^>]*><\/span>$/,
    );
  }
});
