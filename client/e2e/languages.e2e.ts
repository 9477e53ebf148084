/** Every page in a language that is longer, and in one that runs the other way; and how a language is found and kept. */
import type { Page } from "@playwright/test";
import { collectData, foreignWords, misfits } from "./reading";
import { expect, test } from "./shop-test";
import { expectNoViolations } from "./violations";

const COOKIE = "jackdaw_language";
const ROUTES = [
  "/",
  "/products?category=cameras&condition=good&minPrice=50",
  "/products?q=zzyzx",
  "/products?q=headphnoes",
  "/products/652",
  "/cart",
  "/login",
  "/sign-up",
  "/favorites",
  "/you",
  "/about",
  "/nowhere",
];

async function speak(page: Page, language: string, baseURL: string | undefined): Promise<void> {
  await page.context().addCookies([{ name: COOKIE, value: language, url: baseURL ?? "" }]);
}

/** The page's own code has taken the frame over, and what it asked for has come. */
async function settle(page: Page): Promise<void> {
  await expect(page.locator("main h1")).toBeVisible();
  await expect(page.locator("main .skeleton")).toHaveCount(0);
}

const DRAWERS = (page: Page) => page.locator("dialog[open]");

/** What opens over a page, or appears when something is done. Names are found by their place: every language has others. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  "a filled cart in its drawer": async (page) => {
    await page.goto("/products?category=speakers&inStock=true");
    await page.getByRole("main").getByRole("article").first().getByRole("link").click();
    await expect(page).toHaveURL(/\/products\/\d+$/);
    await page.locator("main .button.bg-action").first().click();
    await expect(DRAWERS(page).getByRole("listitem")).toHaveCount(1);
  },
  "the filters on a phone": async (page) => {
    await page.goto("/products?category=phones");
    await settle(page);
    await page.locator("main span.lg\\:hidden > button").click();
    await expect(DRAWERS(page)).toBeVisible();
  },
  "not for me": async (page) => {
    await page.goto("/");
    await settle(page);
    await page.locator("main [aria-haspopup=dialog]").first().click();
    await expect(DRAWERS(page)).toBeVisible();
  },
  suggestions: async (page) => {
    await page.goto("/about");
    await page.getByRole("combobox").click();
    await page.keyboard.type("camrea");
    await expect(page.getByRole("option").first()).toBeVisible();
  },
  "a refused form": async (page) => {
    await page.goto("/sign-up");
    await page.locator("main button[type=submit]").click();
    await expect(page.getByRole("alert")).toBeFocused();
  },
  "what is kept of a shopper": async (page) => {
    await page.goto("/products?category=drones");
    const told = page.waitForResponse(
      (response) =>
        response.url().endsWith("/interactions") && /"view"/.test(response.request().postData() ?? ""),
    );
    await page.getByRole("main").getByRole("article").first().getByRole("link").click();
    await told;
    await expect
      .poll(async () => {
        await page.goto("/you");
        await settle(page);
        return page.locator("main li time").count();
      })
      .toBeGreaterThan(0);
  },
  "the question before all is forgotten": async (page) => {
    await page.goto("/you");
    await settle(page);
    await page.locator("main section").last().getByRole("button").last().click();
    await expect(DRAWERS(page)).toBeVisible();
  },
};

test.describe("in the pseudo language at 360 px", () => {
  test.use({ viewport: { width: 360, height: 800 }, contextOptions: { reducedMotion: "reduce" } });

  for (const path of ROUTES) {
    test(`${path} has no word that no catalogue knows, and all fit`, async ({ page, watch, baseURL }) => {
      watch.expectFailure(404, "/nowhere");
      await speak(page, "en-XA", baseURL);
      const data = collectData(page);
      await page.goto(path);
      await settle(page);
      await expect.poll(() => foreignWords(page, data)).toEqual([]);
      expect(await misfits(page)).toEqual([]);
    });
  }

  for (const [name, open] of Object.entries(STATES)) {
    test(`${name} has no word that no catalogue knows, and all fit`, async ({ page, baseURL }) => {
      await speak(page, "en-XA", baseURL);
      const data = collectData(page);
      await open(page);
      await expect.poll(() => foreignWords(page, data)).toEqual([]);
      expect(await misfits(page)).toEqual([]);
    });
  }
});

test.describe("in Arabic at 360 px", () => {
  test.use({ viewport: { width: 360, height: 800 }, contextOptions: { reducedMotion: "reduce" } });

  for (const path of ROUTES) {
    test(`${path} runs from right to left, fits, and has no violations`, async ({ page, watch, baseURL }) => {
      watch.expectFailure(404, "/nowhere");
      await speak(page, "ar", baseURL);
      await page.goto(path);
      await settle(page);
      await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
      await expect(page.locator("html")).toHaveAttribute("lang", "ar");
      expect(await misfits(page)).toEqual([]);
      await expectNoViolations(page);
    });
  }

  for (const [name, open] of Object.entries(STATES)) {
    test(`${name} fits and has no violations`, async ({ page, baseURL }) => {
      await speak(page, "ar", baseURL);
      await open(page);
      expect(await misfits(page)).toEqual([]);
      await expectNoViolations(page);
    });
  }
});

test("in Arabic the drawer comes from the left, shelves go leftwards, prices stay whole", async ({
  page,
  baseURL,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await speak(page, "ar", baseURL);
  await page.goto("/products/652");
  await settle(page);
  const shelf = page.locator("main .shelf").first();
  await page.locator("main section:has(.shelf) span[aria-hidden] > button").nth(1).click();
  await expect.poll(() => shelf.evaluate((box) => box.scrollLeft)).toBeLessThan(0);
  expect(await page.locator("main .price").first().innerText()).toMatch(/^\u200f?[\d.,]+\s€$/);
  await page.locator("header a[href='/cart']").click();
  await expect(DRAWERS(page)).toBeVisible();
  expect((await DRAWERS(page).boundingBox())?.x).toBe(0);
});

test("where lines run from right to left the arrows of the tabs follow the eye", async ({ page }) => {
  await page.goto("/kit");
  await settle(page);
  // The gallery speaks English; its parts must work the other way round too.
  await page.locator("main > [lang=en]").evaluate((gallery: HTMLElement) => {
    performance.mark("rearranged");
    gallery.dir = "rtl";
  });
  await page.getByRole("tab").first().focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("tab").nth(1)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab").first()).toBeFocused();
});

test("a language is found in the browser's wishes, with the first byte and without a flash", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ locale: "de-AT", ...(baseURL !== undefined && { baseURL }) });
  const answer = await (await context.request.get("/", { headers: { "Accept-Language": "de-AT" } })).text();
  expect(answer).toContain('<html lang="de" dir="ltr">');
  expect(answer).toContain("Gute Dinge,");
  expect(answer).not.toContain("Good things");
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Gute Dinge");
  await expect(page).toHaveTitle("Jackdaw: Elektronik, wiedergefunden");
  await expect(page.getByRole("button", { name: "Deutsch" })).toHaveAttribute("aria-current", "true");
  expect(asked.filter((url) => /\/assets\/(?:en|ar)-/.test(url))).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test("a language that is chosen stays, on every page and after a reload", async ({ page }) => {
  await page.goto("/about");
  // The frame can be seen before it can be used.
  await settle(page);
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wie dieser Laden arbeitet");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await page.getByRole("link", { name: "Alles auf der Werkbank" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Alles auf der Werkbank");
  await expect(page.getByText(/^24 von [\d.]+ Angeboten/)).toBeVisible();
  await page.reload();
  await expect(page).toHaveTitle("Alles auf der Werkbank · Jackdaw");
  await page.getByRole("button", { name: "English" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Everything on the bench");
});

test("the reading itself finds what no catalogue knows and what does not fit", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto("about:blank");
  await page.setContent(`<!doctype html><main style="inline-size: 300px">
    <hr style="inline-size: 600px" />
    <p>⟦Štill <b>ñamed ⟦óñe⟧</b> insíde⟧ left behind</p>
    <p lang="en">English on purpose</p>
    <p>Keld 6</p>
    <p style="inline-size: 40px; white-space: nowrap">⟦far too long for that⟧</p>
    <p style="position: absolute; inset-inline-start: 340px; inline-size: 60px">⟦óff⟧</p>
    <button aria-label="Close it">×</button>
  </main>`);
  expect(await foreignWords(page, new Set(["Keld 6"]))).toEqual(["p: left behind", "aria-label: Close it"]);
  expect(await misfits(page)).toEqual(
    expect.arrayContaining([
      expect.stringContaining("the page is"),
      "off the screen: ⟦óff⟧",
      "too full: ⟦far too long for that⟧",
    ]),
  );
});
