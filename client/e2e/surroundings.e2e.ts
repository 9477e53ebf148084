/** What surrounds a visit: other tabs, a lost connection, paper, colours of the reader's own choice. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, openFirst, test } from "./shop-test";

test("two tabs show one cart and one person", async ({ page, context }) => {
  const other = await context.newPage();
  await other.goto("/about");
  await openFirst(page, "/products?category=keyboards&inStock=true");
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(other.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();

  await page.goto("/login");
  await page.getByLabel("Email").fill("shopper@jackdaw.example");
  await page.getByLabel("Password").fill("jackdaw-demo-2026");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(other.getByRole("link", { name: /^Account of / })).toBeVisible();

  await page.goto("/account");
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(other.getByRole("link", { name: "Log in" })).toBeVisible();
  await expect(other.getByRole("link", { name: "Cart, empty" })).toBeVisible();
});

test("a lost connection is said once, what was read stays, and what was done meanwhile is sent afterwards", async ({
  page,
  context,
  watch,
}) => {
  watch.expectOffline();
  await page.goto("/about");
  const acting = await context.newPage();
  const title = await openFirst(acting, "/products?category=speakers&inStock=true");
  await context.setOffline(true);
  await expect(acting.getByText("You are offline.", { exact: true }).first()).toBeVisible();
  await acting.getByRole("button", { name: "Add to cart" }).click();
  await expect(acting.getByRole("dialog").getByText(title)).toBeVisible();
  const banner = acting.locator(".connection-banner");
  await expect(banner).toContainText("1 change is kept");
  await acting.keyboard.press("Escape");
  await expect(acting.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
  await acting.getByRole("button", { name: "Save", exact: true }).click();
  await expect(banner).toContainText("2 changes are kept");
  // The other tab knows what waits, too, and it is the one that is still open when the connection is back.
  await expect(page.locator(".connection-banner")).toContainText("2 changes are kept");
  await acting.close();
  await context.setOffline(false);
  await expect(page.locator(".connection-banner")).toBeHidden();
  await expect(page.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Favorites, 1 saved" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
});

test("what was kept survives the page, and an answer that was lost counts once", async ({
  page,
  context,
  watch,
}) => {
  watch.expectOffline();
  await openFirst(page, "/products?category=keyboards&inStock=true");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page.locator(".connection-banner")).toContainText("1 change is kept");
  const entry = await page.evaluate(() =>
    Object.entries(localStorage).filter(([key]) => key.includes("outbox")),
  );
  // The shop hears it, but its answer never arrives; the entry is still there at the next start.
  await context.setOffline(false);
  await expect(page.locator(".connection-banner")).toBeHidden();
  await page.evaluate((kept) => kept.forEach(([key, value]) => localStorage.setItem(key, value)), entry);
  const sent = page.waitForResponse((answer) => answer.url().endsWith("/cart/lines"));
  await page.reload();
  expect((await sent).status()).toBe(201);
  await expect(page.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
});

test("a product prints as a light page without controls", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await openFirst(page, "/products?category=laptops&inStock=true");
  // Paper has another layout: this movement is meant.
  await page.evaluate(() => performance.mark("rearranged"));
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Specifications" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Search the shop" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Add to cart" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Categories" })).toBeHidden();
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(ground).toBe("lab(100 0 0)");
  for (const format of ["A4", "Letter"]) {
    const document = (await page.pdf({ format, printBackground: false })).toString("latin1");
    const sheets = document.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(sheets, format).toBeGreaterThan(0);
    expect(sheets, format).toBeLessThanOrEqual(3);
  }
});

test("in the reader's own colours every choice still shows", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openFirst(page, "/products?category=phones&inStock=true");
  const outline = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(await outline(".choice[aria-current]")).toBe("solid");
  expect(await outline(".theme-choice:has(:checked)")).toBe("solid");
  expect(await outline(".theme-choice:not(:has(:checked))")).toBe("none");
  await page.getByRole("combobox", { name: "Search the shop" }).click();
  await page.keyboard.type("came");
  await expect(page.getByRole("listbox", { name: "Suggestions" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  expect(await outline('.choice-row[aria-selected="true"]')).toBe("solid");
  const { violations } = await new AxeBuilder({ page }).disableRules(["color-contrast"]).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});
