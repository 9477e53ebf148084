import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, openFirst, test } from "./shop-test";

const PASSWORD = "a long enough sentence 7";

async function fillCart(page: Page, category: string): Promise<string> {
  const title = await openFirst(page, `/products?category=${category}&inStock=true`);
  const added = page.waitForResponse((response) => response.url().endsWith("/cart/lines"));
  await page.getByRole("button", { name: "Add to cart" }).click();
  await added;
  await page.keyboard.press("Escape");
  return title;
}

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Ana");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("link", { name: "Account of Ana" })).toBeVisible();
}

async function logOut(page: Page): Promise<void> {
  await page.goto("/account");
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("link", { name: "Log in" })).toBeVisible();
}

test("signing up keeps the cart and says so", async ({ page }) => {
  const title = await fillCart(page, "keyboards");
  await signUp(page, `${randomUUID()}@example.com`);
  await expect(page.getByRole("link", { name: /^Cart, 1 item/ })).toBeVisible();
  await page.goto("/cart");
  await expect(page.getByRole("main").getByRole("link", { name: title }).first()).toBeVisible();
});

test("logging in merges what the guest had and shows what came along", async ({ page }) => {
  const email = `${randomUUID()}@example.com`;
  await signUp(page, email);
  const first = await fillCart(page, "speakers");
  await logOut(page);
  await expect(page.getByRole("link", { name: "Cart, empty" })).toBeVisible();

  const second = await fillCart(page, "monitors");
  await page.goto("/login");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  const note = page.getByRole("region", { name: "Your things came along" });
  await expect(note).toContainText(second);
  await page.goto("/cart");
  await expect(page.getByRole("main").getByRole("link", { name: first }).first()).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: second }).first()).toBeVisible();
});

test("a refused form says what is wrong in one place and beside the field", async ({ page, watch }) => {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Ana");
  await page.getByLabel("Email").fill("ana");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  const summary = page.getByRole("alert", { name: "There is a problem" });
  await expect(summary).toBeFocused();
  await summary.getByRole("link", { name: /at least 10 characters/ }).click();
  await expect(page.getByLabel("Password")).toBeFocused();
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");

  watch.expectFailure(401, "/auth/login");
  await page.goto("/login");
  await page.getByLabel("Email").fill("nobody@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page).toHaveURL(/\/login$/);
});

test("a guest who asks for the account is asked to log in and returns to it", async ({ page }) => {
  await page.goto("/account");
  await expect(page).toHaveURL(/\/login\?next=(\/|%2F)account$/);
  await page.getByLabel("Email").fill("shopper@jackdaw.example");
  await page.getByLabel("Password").fill("jackdaw-demo-2026");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole("main")).toContainText("shopper@jackdaw.example");
});
