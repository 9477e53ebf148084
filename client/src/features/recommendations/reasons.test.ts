import { describe, expect, it } from "vitest";
import { aCard, anItem, aReason } from "@/testing/builders";
import { besideTitle, cardReason, isLearnedRail, sharedReason } from "./reasons";

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

  it("not twice when the title is the reason", () => {
    expect(besideTitle("Because you opened Obscur 5", "because you opened Obscur 5")).toBeUndefined();
    expect(besideTitle("Picked for you", viewed.text)).toBe(viewed.text);
  });
});
