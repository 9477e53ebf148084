/**
 * Every route in both themes, at three widths and in every state: whole, waiting, refused and without a connection.
 * Nothing overflows, nothing is empty, and nothing is out of reach of who does not see it. Part of `make test-full`.
 */
import type { Page, Route } from "@playwright/test";
import { expect, test, untilDrawn } from "./shop-test";
import { expectNoViolations } from "./violations";

const ROUTES = [
  ["home", "/"],
  ["listing", "/products?category=cameras"],
  ["search", "/products?q=wireless"],
  ["nothing found", "/products?q=zzyzx"],
  ["product", "/products/652"],
  ["cart", "/cart"],
  ["log in", "/login"],
  ["sign up", "/sign-up"],
  ["favorites", "/favorites"],
  ["you", "/you"],
  ["about", "/about"],
  ["kit", "/kit"],
  ["not found", "/nowhere"],
] as const;
const WIDTHS = [360, 820, 1280] as const;
const THEMES = ["light", "dark"] as const;

/** What becomes of the questions that the page asks the server by itself. */
const STATES: Record<string, ((route: Route) => Promise<void>) | null> = {
  whole: null,
  waiting: () => new Promise(() => undefined),
  refused: (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "about:blank", title: "Unavailable", status: 503, code: "unavailable" }),
    }),
  "without a connection": (route) => route.abort("internetdisconnected"),
};

async function expectReadable(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await expect(page.getByRole("main")).not.toBeEmpty();
  const { wide, words } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    words: document.body.textContent,
  }));
  expect(wide, "pixels beyond the right edge").toBeLessThanOrEqual(0);
  expect(words).not.toMatch(/undefined|\[object |NaN/);
  await expectNoViolations(page);
}

// The rules of every other flow, that nothing fails and nothing moves, do not hold while things are made to fail.
test.describe("every state", () => {
  test.skip(process.env["JACKDAW_TEST_FULL"] !== "1", "part of make test-full");

  for (const theme of THEMES) {
    for (const width of WIDTHS) {
      for (const [state, answer] of Object.entries(STATES)) {
        test(`${state}, ${theme}, ${String(width)} px`, async ({ browser, baseURL }) => {
          test.setTimeout(180_000);
          const context = await browser.newContext({
            ...(baseURL !== undefined && { baseURL }),
            viewport: { width, height: 900 },
            colorScheme: theme,
            reducedMotion: "reduce",
          });
          for (const [name, path] of ROUTES) {
            await test.step(name, async () => {
              const page = await context.newPage();
              if (answer !== null) await page.route("**/api/v1/**", answer);
              await page.goto(path);
              await untilDrawn(page);
              // The kit shows a button that is busy for ever.
              if (answer === null && name !== "kit") {
                await expect(page.locator(".skeleton, [aria-busy=true]")).toHaveCount(0);
              }
              await expectReadable(page);
              await page.close();
            });
          }
          await context.close();
        });
      }
    }
  }
});
