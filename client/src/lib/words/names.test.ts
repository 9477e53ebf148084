import { afterEach, expect, it } from "vitest";
import { speak } from "@/lib/language";
import { asWritten } from "./names";

afterEach(() => speak("en"));

it("says of a store's text in which language it is only where the page speaks another", () => {
  expect(asWritten("Light wear on the base.")).toEqual({ dir: "auto" });
  for (const code of ["de", "ar"] as const) {
    speak(code);
    expect(asWritten("Light wear on the base.")).toEqual({ lang: "en", dir: "auto" });
    expect(asWritten("خدوش خفيفة في القاعدة.")).toEqual({ dir: "auto" });
  }
});
