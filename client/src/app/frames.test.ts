import { expect, it } from "vitest";
import { drawFrames } from "./frames";

const frames = await drawFrames();
const htmlOf = (path: string) => frames.find((frame) => frame.path === path)?.html ?? "";

it("draws a frame for every route, with the header and without a title of its own", () => {
  expect(frames.map((frame) => frame.path)).toEqual(
    expect.arrayContaining(["/", "/products", "/products/:id", "/*"]),
  );
  for (const { html } of frames) {
    expect(html).toContain('aria-label="Jackdaw, home"');
    expect(html).not.toContain("<title>");
    expect(html).not.toContain("style=");
  }
});

it("holds the place of what is coming, and says nothing that only the address knows", () => {
  expect(htmlOf("/")).toContain("Good things,");
  expect(htmlOf("/products").match(/aspect-square/g)).toHaveLength(12);
  expect(htmlOf("/products")).not.toContain("<h1");
  expect(htmlOf("/products/:id")).toContain("aspect-square");
  expect(htmlOf("/cart")).not.toContain("<h1");
});
