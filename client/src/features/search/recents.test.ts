// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { forgetSearch, forgetSearches, readRecents, rememberSearch } from "./recents";

beforeEach(() => localStorage.clear());

it("keeps the latest six, each once, whatever its case", () => {
  for (const query of ["a", "b", "c", "d", "e", "f", "g", "C"]) rememberSearch(query);
  expect(readRecents()).toEqual(["C", "g", "f", "e", "d", "b"]);
});

it("forgets one and all", () => {
  rememberSearch("camera");
  rememberSearch("phone");
  forgetSearch("phone");
  expect(readRecents()).toEqual(["camera"]);
  forgetSearches();
  expect(readRecents()).toEqual([]);
});

it("keeps nothing empty and survives what others stored", () => {
  rememberSearch("  ");
  expect(readRecents()).toEqual([]);
  localStorage.setItem("jackdaw-recent-searches", "{not json");
  expect(readRecents()).toEqual([]);
  localStorage.setItem("jackdaw-recent-searches", '["laptop", 7, null, ""]');
  expect(readRecents()).toEqual(["laptop"]);
});
