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
