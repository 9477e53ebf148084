/**
 * Fourteen pictures against their baselines: nothing may look different by accident. They are compared only on the major
 * version of Chromium that drew them; `npm run e2e -- pictures --update-snapshots` draws them again.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./shop-test";

const FROZEN_AT = new Date("2026-11-20T12:00:00Z");
const drawnBy = readFileSync(join(import.meta.dirname, "pictures", "chromium-major.txt"), "utf8").trim();

type Picture = {
  name: string;
  path: string;
  width: 390 | 820 | 1280;
  theme: "light" | "dark";
  /** Words that are there once the page is whole. */
  shows: string | RegExp;
  prepare?: (page: Page) => Promise<void>;
};

const openKit = async (page: Page) => {
  await page.getByRole("heading", { name: "Fields" }).evaluate((heading) => heading.scrollIntoView());
};
const suggest = async (page: Page) => {
  await page.getByRole("combobox", { name: "Search the shop" }).click();
  await page.keyboard.type("laptops");
  await expect(page.getByRole("option", { name: "Laptops" })).toBeVisible();
};
const refuse = async (page: Page) => {
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
};
const openCart = async (page: Page) => {
  await page.getByRole("link", { name: "Cart, empty" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
};

const CHEAPEST = "/products?category=cameras&sort=price";
const LISTED = /\d+ of \d+ listings/;
const PICTURES: Picture[] = [
  { name: "home", path: "/", width: 1280, theme: "light", shows: "Good things" },
  { name: "home-phone-dark", path: "/", width: 390, theme: "dark", shows: "Good things" },
  { name: "listing", path: CHEAPEST, width: 1280, theme: "light", shows: LISTED },
  { name: "listing-tablet-dark", path: CHEAPEST, width: 820, theme: "dark", shows: LISTED },
  { name: "listing-phone", path: CHEAPEST, width: 390, theme: "light", shows: LISTED },
  { name: "product", path: "/products/652", width: 1280, theme: "light", shows: "Specifications" },
  { name: "product-phone-dark", path: "/products/652", width: 390, theme: "dark", shows: "Specifications" },
  {
    name: "no-results",
    path: "/products?q=zzyzx&brand=keld",
    width: 820,
    theme: "light",
    shows: "Nothing found",
  },
  { name: "suggestions", path: "/about", width: 820, theme: "light", shows: "Fair", prepare: suggest },
  { name: "cart-drawer-dark", path: "/about", width: 1280, theme: "dark", shows: "Fair", prepare: openCart },
  {
    name: "sign-up-refused-phone",
    path: "/sign-up",
    width: 390,
    theme: "light",
    shows: "Create account",
    prepare: refuse,
  },
  { name: "about-dark", path: "/about", width: 1280, theme: "dark", shows: "Fair" },
  { name: "kit", path: "/kit", width: 1280, theme: "light", shows: "Sold per week", prepare: openKit },
  {
    name: "kit-phone-dark",
    path: "/kit",
    width: 390,
    theme: "dark",
    shows: "Sold per week",
    prepare: openKit,
  },
];

/** What the shop counts or learns while it runs: it may differ from run to run and is covered. */
function liveParts(page: Page) {
  return [
    page.getByRole("list", { name: "Popular on the bench" }).getByRole("listitem"),
    page.locator("main section:has(.shelf)"),
    page.getByText(/^Listed on/),
    page.getByRole("listbox").getByRole("group", { name: "On the bench" }),
  ];
}

/** The words are there and every drawing that shows has arrived. */
async function settle(page: Page, shows: string | RegExp): Promise<void> {
  await expect(page.getByRole("main").getByText(shows).first()).toBeAttached();
  await page.waitForFunction(() =>
    [...document.images].every((image) => image.loading === "lazy" || image.complete),
  );
  await page.evaluate(() => document.fonts.ready);
}

for (const { name, path, width, theme, shows, prepare } of PICTURES) {
  test(`${name} looks as it did`, async ({ page, browser }) => {
    const major = browser.version().split(".")[0];
    test.skip(major !== drawnBy, `The pictures were drawn by Chromium ${drawnBy}, this is ${String(major)}.`);
    await page.clock.setFixedTime(FROZEN_AT);
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto(path);
    // Optional fonts that missed the first frame would stay away for the whole page.
    await page.evaluate(() => document.fonts.ready);
    await page.reload();
    await settle(page, shows);
    await prepare?.(page);
    await expect(page).toHaveScreenshot(`${name}.png`, {
      animations: "disabled",
      caret: "hide",
      mask: liveParts(page),
      maskColor: "Gray",
      // A shade of grey that moves by a few steps counts; the default would let it pass.
      threshold: 0.05,
      maxDiffPixelRatio: 0.001,
    });
  });
}
