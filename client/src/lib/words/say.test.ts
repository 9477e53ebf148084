import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatMoney, formatMoneyRange } from "@/lib/money";
import { speak } from "@/lib/language";
import { formatCount, formatDate, formatPercent, inSentence, listed, say, sayCount } from "./say";
import { loadWords, words } from "./words";

const euros = (amount: string) => ({ amount, currency: "EUR", display: `€${amount}` });
const use = async (code: "en" | "de" | "ar") => {
  speak(code);
  await loadWords(code);
};

afterEach(() => use("en"));

describe("German", () => {
  beforeEach(() => use("de"));

  it("counts, prices and dates as Germans do", () => {
    expect(sayCount(words.listing.listings, 1)).toBe("1 Angebot");
    expect(sayCount(words.listing.shown, 1234, { shown: 24 })).toBe("24 von 1.234 Angeboten");
    expect(formatMoney(euros("1299.50"))).toBe("1.299,50\u00a0€");
    expect(formatMoneyRange(euros("206.00"), euros("373.00"))).toBe("206–373\u00a0€");
    expect(formatDate("2026-11-20T12:00:00Z", "long")).toBe("20. November 2026");
    expect(formatPercent(7)).toBe("7\u00a0%");
    expect(listed(["a", "b", "c"])).toBe("a, b und c");
  });

  it("keeps nouns large in the middle of a sentence", () => {
    expect(inSentence("Kameras")).toBe("Kameras");
    speak("en");
    expect(inSentence("Cameras")).toBe("cameras");
  });
});

describe("Arabic", () => {
  beforeEach(() => use("ar"));

  it.each([
    [0, "لا عروض"],
    [1, "عرض واحد"],
    [2, "عرضان"],
    [3, "3 عروض"],
    [11, "11 عرضًا"],
    [100, "100 عرض"],
    [1103, "1,103 عروض"],
  ])("counts %i listings", (count, text) => {
    expect(sayCount(words.listing.listings, count)).toBe(text);
  });

  it("keeps Latin names and prices apart from the order of the sentence", () => {
    expect(say(words.cart.removed, { title: "Keld 6" })).toBe("أُزيل \u2068Keld 6\u2069");
    expect(formatCount(12)).toBe("12");
    expect(formatMoney(euros("254.00"))).toBe("\u200f254\u00a0€");
    expect(formatMoney({ amount: "5.00", currency: "USD", display: "" })).toBe(
      "\u200f5\u00a0\u2066US$\u2069",
    );
  });
});
