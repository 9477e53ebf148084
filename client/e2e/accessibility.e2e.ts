import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./shop-test";

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(found).toEqual([]);
}

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

for (const theme of ["light", "dark"] as const) {
  test.describe(`${theme} theme`, () => {
    test.use({ colorScheme: theme, contextOptions: { reducedMotion: "reduce" } });

    for (const [name, path, heading] of ROUTES) {
      test(`${name} has no violations`, async ({ page, watch }) => {
        watch.expectFailure(404, "/nowhere");
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toContainText(heading);
        await page.waitForLoadState("networkidle");
        await expectNoViolations(page);
      });
    }

    test("a product, its cart drawer and a form with errors have no violations", async ({ page }) => {
      await page.goto("/products?category=phones&inStock=true");
      await page.getByRole("main").getByRole("article").first().getByRole("link").click();
      await expect(page.getByRole("heading", { name: "Others like it" })).toBeVisible();
      await expectNoViolations(page);
      await page.getByRole("button", { name: "Add to cart" }).click();
      await expect(page.getByRole("dialog").getByRole("button", { name: /^Remove / })).toBeVisible();
      await expectNoViolations(page);
      await page.goto("/sign-up");
      await page.getByRole("button", { name: "Create account" }).click();
      await expect(page.getByRole("alert")).toBeFocused();
      await expectNoViolations(page);
    });
  });
}
