import { describe, expect, it } from "vitest";
import { FIELD, isComposing, stepOf } from "./combobox";

const open = (active: number, count = 3) => ({ isOpen: true, active, count });

describe("keys of a list of suggestions", () => {
  it("walk through the options and over the field", () => {
    expect(stepOf("ArrowDown", open(FIELD))).toEqual({ kind: "move", active: 0 });
    expect(stepOf("ArrowDown", open(2))).toEqual({ kind: "move", active: FIELD });
    expect(stepOf("ArrowUp", open(FIELD))).toEqual({ kind: "move", active: 2 });
    expect(stepOf("ArrowUp", open(0))).toEqual({ kind: "move", active: FIELD });
  });

  it("belong to the text field where no option is meant", () => {
    expect(stepOf("Enter", open(FIELD))).toBeNull();
    expect(stepOf("Delete", open(FIELD))).toBeNull();
    expect(stepOf("ArrowDown", { isOpen: false, active: FIELD, count: 0 })).toBeNull();
    expect(stepOf("Escape", { isOpen: false, active: FIELD, count: 3 })).toBeNull();
    expect(stepOf("Home", open(1))).toBeNull();
  });

  it("choose, remove and close", () => {
    expect(stepOf("Enter", open(1))).toEqual({ kind: "choose" });
    expect(stepOf("Delete", open(1))).toEqual({ kind: "remove" });
    expect(stepOf("Escape", open(1))).toEqual({ kind: "close" });
  });

  it("are the input method's while a word is composed", () => {
    expect(isComposing({ isComposing: true, key: "Enter" })).toBe(true);
    expect(isComposing({ isComposing: false, key: "Process" })).toBe(true);
    expect(isComposing({ isComposing: false, key: "Enter" })).toBe(false);
  });
});
