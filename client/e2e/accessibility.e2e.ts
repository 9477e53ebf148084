import type { Page } from "@playwright/test";
import { expect, test } from "./shop-test";
import { expectNoViolations } from "./violations";

const ROUTES = [
  ["home", "/", "Good things"],
  ["listing", "/products?category=cameras&condition=good", "Cameras"],
  ["no results", "/products?q=zzyzx", "zzyzx"],
  ["cart", "/cart", "Your cart"],
  ["log in", "/login", "Log in"],
  ["sign up", "/sign-up", "Create an account"],
  ["favorites", "/favorites", "Favorites"],
  ["you", "/you", "What we know"],
  ["about", "/about", "How this shop works"],
  ["not found", "/nowhere", "Not on the bench"],
] as const;

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** The same page in both themes: what differs are its colours. */
async function expectNoViolationsInBoth(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolations(page);
  }
}

for (const [name, path, heading] of ROUTES) {
  test(`${name} has no violations in either theme`, async ({ page, watch }) => {
    watch.expectFailure(404, "/nowhere");
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(heading);
    await expect(page.locator("main .skeleton")).toHaveCount(0);
    await expectNoViolationsInBoth(page);
  });
}

test("a product and its cart drawer have no violations in either theme", async ({ page }) => {
  await page.goto("/products?category=phones&inStock=true");
  await page.getByRole("main").getByRole("article").first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Others like it" })).toBeVisible();
  await expectNoViolationsInBoth(page);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await expect(page.getByRole("dialog").getByRole("button", { name: /^Remove / })).toBeVisible();
  await expectNoViolationsInBoth(page);
});

test("a form with errors has no violations in either theme", async ({ page }) => {
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expectNoViolationsInBoth(page);
});
