import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./shop-test";

const field = (page: Page) => page.getByRole("combobox", { name: "Search the shop" });
const suggestions = (page: Page) => page.getByRole("listbox", { name: "Suggestions" });

test("a search is completed by the keyboard alone", async ({ page }) => {
  await page.goto("/");
  await field(page).focus();
  await page.keyboard.type("came");
  await expect(suggestions(page).getByRole("option", { name: "Cameras" })).toBeVisible();
  await expect(page.getByRole("status").first()).toContainText(/\d+ suggestions?\.$/);
  await expect(field(page)).toHaveAttribute("aria-expanded", "true");
  const option = suggestions(page).getByRole("option", { name: "Cameras" });
  for (let presses = 0; presses < 9; presses += 1) {
    await page.keyboard.press("ArrowDown");
    if ((await option.getAttribute("aria-selected")) === "true") break;
  }
  await expect(field(page)).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/products\?category=cameras$/);
  await expect(suggestions(page)).toBeHidden();
});

test("Escape closes the suggestions and keeps what was typed; a product opens by a click", async ({
  page,
}) => {
  await page.goto("/");
  await field(page).click();
  await page.keyboard.type("obscur");
  await expect(suggestions(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(suggestions(page)).toBeHidden();
  await expect(field(page)).toHaveValue("obscur");
  await page.keyboard.press("ArrowDown");
  await suggestions(page).getByRole("group", { name: "On the bench" }).getByRole("option").first().click();
  await expect(page).toHaveURL(/\/products\/\d+$/);
  await expect(page.getByRole("heading", { name: "Condition" })).toBeVisible();
});

test("latest searches are offered, removed one by one and all at once", async ({ page }) => {
  await page.goto("/");
  for (const query of ["camera", "phone", "laptop"]) {
    await field(page).fill(query);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`q=${query}$`));
    // Who leaves before anything is shown has not searched.
    await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  }
  await page.goto("/about");
  await field(page).click();
  await expect(suggestions(page).getByRole("option")).toHaveText(["laptop", "phone", "camera"]);
  const { violations } = await new AxeBuilder({ page }).include("form[role=search]").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole("button", { name: "Remove phone" }).click();
  await expect(suggestions(page).getByRole("option")).toHaveText(["laptop", "camera"]);
  await page.reload();
  await field(page).click();
  await expect(suggestions(page).getByRole("option")).toHaveText(["laptop", "camera"]);
  await page.getByRole("button", { name: "Remove all" }).click();
  await expect(suggestions(page)).toBeHidden();
});

test("a slip is repaired while typing and in the results, and can be searched as typed", async ({ page }) => {
  await page.goto("/");
  await field(page).click();
  await page.keyboard.type("headphnoes");
  await expect(suggestions(page).getByRole("option", { name: /^Headphones/ })).toContainText(
    "instead of “headphnoes”",
  );
  await page.keyboard.press("Enter");
  await expect(page.getByText("Showing results for headphones.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  await page.getByRole("link", { name: "Search headphnoes instead" }).click();
  await expect(page.getByRole("heading", { name: /^Nothing found/ })).toBeVisible();
  await expect(page.getByText("Showing results for")).toBeHidden();
});

test("nothing in all the words leads to what has fewer, with counts", async ({ page }) => {
  await page.goto("/products?q=laptop+zzyzx");
  await expect(page.getByText("No listing has all of these words.")).toBeVisible();
  const way = page.getByRole("link", { name: /“laptop”, without “zzyzx”/ });
  const promised = /([\d,]+) listings/.exec(await way.innerText())?.[1];
  expect(promised).toBeDefined();
  await way.click();
  await expect(page).toHaveURL(/q=laptop$/);
  await expect(page.getByText(new RegExp(`^\\d+ of ${promised} listings`))).toBeVisible();
});

test("a category's own attributes narrow it", async ({ page }) => {
  await page.goto("/products?category=laptops");
  const filters = page.getByRole("complementary", { name: "Filters" });
  const memory = filters.getByRole("group", { name: /^(Memory|Storage)/ }).first();
  const choice = memory.getByRole("checkbox").first();
  const label = memory.locator("label").first();
  const count = /(\d+)\s*listings$/.exec((await label.textContent()) ?? "")?.[1];
  await choice.check();
  await expect(page).toHaveURL(/attr\.\w+=/);
  await expect(page.getByText(new RegExp(`(^| of )${count} listings`)).first()).toBeVisible();
});
