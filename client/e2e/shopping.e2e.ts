import type { Page } from "@playwright/test";
import { expect, openFirst, test } from "./shop-test";

const drawer = (page: Page) => page.getByRole("dialog", { name: /^Your cart/ });

test("a guest goes from home over a product to a filled cart that survives a reload", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "See everything" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Everything on the bench");
  await page.getByRole("checkbox", { name: /In stock only/ }).check();
  await page.getByRole("main").getByRole("article").nth(1).getByRole("link").click();
  await expect(page).toHaveURL(/\/products\/\d+$/);
  await expect(page.getByRole("heading", { name: "Condition" })).toBeVisible();
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(drawer(page).getByRole("link", { name: title })).toBeVisible();
  await drawer(page).getByRole("link", { name: "View cart" }).click();
  await expect(page).toHaveURL(/\/cart$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.reload();
  await expect(page.getByRole("main").getByRole("link", { name: title }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: /^Cart, 1 item/ })).toBeVisible();
});

test("a removed line comes back by undo", async ({ page }) => {
  const title = await openFirst(page, "/products?category=phones&inStock=true");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(drawer(page)).toBeVisible();
  // The note with the way back must be within reach while the drawer is open.
  await drawer(page)
    .getByRole("button", { name: /^Remove / })
    .click();
  await expect(drawer(page).getByText("Nothing in it yet")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(drawer(page).getByRole("link", { name: title })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "Add to cart" })).toBeFocused();
  await page.goto("/cart");
  await page.getByRole("button", { name: /^Remove / }).click();
  await expect(page.getByRole("heading", { name: "Nothing in it yet" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("main").getByRole("link", { name: title }).first()).toBeVisible();
});

test("a guest saves a listing and finds it again", async ({ page }) => {
  await page.goto("/products?category=headphones");
  const card = page.getByRole("main").getByRole("article").first();
  const title = await card.getByRole("heading").innerText();
  await card.getByRole("button", { name: /^Save / }).click();
  await expect(card.getByRole("button", { name: /^Save / })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("link", { name: "Favorites, 1 saved" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Favorites");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(title);
  await page.reload();
  await page.getByRole("button", { name: /^Save / }).click();
  await expect(page.getByRole("heading", { name: "Nothing saved yet" })).toBeVisible();
});

test("the keyboard alone is enough to fill a cart", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "See everything" }).first()).toBeFocused();
  await page.keyboard.press("Enter");
  const stockOnly = page.getByRole("checkbox", { name: /In stock only/ });
  await stockOnly.focus();
  await page.keyboard.press("Space");
  await expect(stockOnly).toBeChecked();
  await page.getByRole("main").getByRole("article").first().getByRole("link").focus();
  await page.keyboard.press("Enter");
  const add = page.getByRole("button", { name: "Add to cart" });
  await expect(add).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  for (
    let presses = 0;
    presses < 15 && !(await add.evaluate((button) => button === document.activeElement));
    presses += 1
  ) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(drawer(page).getByRole("button", { name: /^Remove / })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(add).toBeFocused();
});

test("an address without a page says so and leads on", async ({ page, watch }) => {
  watch.expectFailure(404, "/");
  await page.goto("/nowhere/at/all");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not on the bench");
  await expect(page).toHaveTitle("Not on the bench · Jackdaw");
  await page.goto("/products/999999999");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not on the bench");
  await page.getByRole("main").getByRole("link", { name: "Home" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Good things/);
});
