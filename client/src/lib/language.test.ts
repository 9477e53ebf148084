// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import { chosenLanguage, firstOffered, languageOfPage, setLanguage, speak } from "./language";

afterEach(() => {
  document.cookie = "jackdaw_language=; Max-Age=0; Path=/";
  setLanguage(document, "en");
  speak("en");
});

describe("firstOffered", () => {
  it.each([
    [["de-AT", "en"], "de"],
    [["fr", "ar-EG"], "ar"],
    [["EN-gb"], "en"],
    [["fr"], "en"],
    [["en-XA", "de"], "en"],
    [[], "en"],
  ])("takes of %j %s", (wishes, expected) => {
    expect(firstOffered(wishes)).toBe(expected);
  });
});

it("reads only languages that it knows from the cookie", () => {
  expect(chosenLanguage("a=1; jackdaw_language=ar; b=2")).toBe("ar");
  expect(chosenLanguage("other_jackdaw_language=de")).toBeUndefined();
  expect(chosenLanguage("jackdaw_language=fr")).toBeUndefined();
});

it("believes the frame that stands there, and chooses itself where there is none", () => {
  document.cookie = "jackdaw_language=de; Path=/";
  document.documentElement.lang = "ar";
  expect(languageOfPage(document, true)).toBe("ar");
  expect(languageOfPage(document, false)).toBe("de");
});

it("says which way the page runs", () => {
  setLanguage(document, "ar");
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["ar", "rtl"]);
});
