import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { speak } from "@/lib/language";
import { loadWords } from "@/lib/words/words";
import { aCard, anItem, aReason } from "@/testing/builders";
import {
  besideLikeness,
  besideTitle,
  cardReason,
  isLearnedRail,
  railTitle,
  reasonText,
  sharedReason,
} from "./reasons";

const viewed = aReason("because_you_viewed", "because you opened Obscur 5");
const saved = aReason("because_you_saved", "because you saved Keld 6");
const popular = aReason("popular", "popular in the shop");
const trending = aReason("trending", "busy this week");

describe("the mark of what was learned", () => {
  it("needs a personal reason", () => {
    expect(isLearnedRail({ items: [anItem(0, aCard(), trending)] }, true)).toBe(false);
    expect(isLearnedRail({ items: [anItem(0, aCard(), viewed)] }, true)).toBe(true);
    expect(isLearnedRail({ reason: viewed, items: [] }, true)).toBe(true);
  });

  it("never appears when the slate is the same for everyone", () => {
    expect(isLearnedRail({ reason: viewed, items: [anItem(0, aCard(), viewed)] }, false)).toBe(false);
  });
});

describe("where a reason is said", () => {
  it("once for the rail when all cards share it", () => {
    const rail = { items: [anItem(0, aCard(), viewed), anItem(1, aCard({ id: "2" }), viewed)] };
    const shared = sharedReason(rail);
    expect(shared).toBe(viewed.text);
    expect(rail.items.map((item) => cardReason(item, shared))).toEqual([undefined, undefined]);
  });

  it("on each card when they differ", () => {
    const rail = { items: [anItem(0, aCard(), viewed), anItem(1, aCard({ id: "2" }), saved)] };
    expect(sharedReason(rail)).toBeUndefined();
    expect(rail.items.map((item) => cardReason(item, undefined))).toEqual([viewed.text, saved.text]);
  });

  it("not at all for what is merely popular", () => {
    const rail = { reason: popular, items: [anItem(0, aCard(), popular)] };
    expect(sharedReason(rail)).toBeUndefined();
    expect(cardReason(anItem(0, aCard(), popular), undefined)).toBeUndefined();
  });

  it("under a title of likeness, only where it is another one", () => {
    const similar = aReason("similar_to", "Similar to Obscur 5");
    const said = [similar, popular, viewed].map((reason) =>
      besideLikeness(anItem(0, aCard(), reason), undefined),
    );
    expect(said).toEqual([undefined, popular.text, viewed.text]);
    expect(besideLikeness(anItem(0, aCard(), viewed), viewed.text)).toBeUndefined();
  });

  it("not twice when the title is the reason", () => {
    expect(besideTitle("Because you opened Obscur 5", "because you opened Obscur 5")).toBeUndefined();
    expect(besideTitle("Picked for you", viewed.text)).toBe(viewed.text);
  });
});

describe("in another language", () => {
  beforeEach(async () => {
    speak("de");
    await loadWords("de");
  });
  afterEach(async () => {
    speak("en");
    await loadWords("en");
  });

  it("says the same from the kind and from what is cited", () => {
    const cited = { ...viewed, productIds: ["7", "8"], params: { titles: ["Keld 6", "Obscur 5"] } };
    expect(reasonText(cited, anItem(0, aCard(), cited))).toBe(
      "Weil du dir Keld 6 und Obscur 5 angesehen hast",
    );
    const itself = { ...viewed, productIds: ["101"], params: { titles: ["Obscur Camera 5"] } };
    expect(reasonText(itself, anItem(0, aCard(), itself))).toBe("Das hast du dir kürzlich angesehen");
    const inKind = { ...popular, params: { category: "Cameras" } };
    expect(reasonText(inKind, anItem(0, aCard(), inKind))).toBe("Beliebt in Kameras");
    expect(reasonText(viewed, undefined)).toBe("Für dich ausgesucht");
    expect(reasonText(trending, undefined)).toBe("Bekommt mehr Aufmerksamkeit als sonst");
  });

  it("names the shelves by what they are, or by the reason that they stand on", () => {
    expect(railTitle({ id: "new", title: "New arrivals", items: [] })).toBe("Neu eingetroffen");
    const because = { ...saved, params: { titles: ["Keld 6"] } };
    expect(railTitle({ id: "because", title: "Because", reason: because, items: [] })).toBe(
      "Weil du dir Keld 6 gemerkt hast",
    );
    expect(railTitle({ id: "brand-new-shelf", title: "As sent", items: [] })).toBe("As sent");
  });
});
