/** What a visitor gets before and at the first paint: a frame, the page's own data, and nothing that moves afterwards. */
import type { Page } from "@playwright/test";
import { expect, test } from "./shop-test";

/** The requests for data while a page is drawn for the first time. */
function collectQuestions(page: Page): string[] {
  const questions: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/") && request.method() === "GET") questions.push(pathname);
  });
  return questions;
}

async function firstProduct(page: Page): Promise<string> {
  const { items } = (await (await page.request.get("/api/v1/products?limit=1&inStock=true")).json()) as {
    items: { id: string }[];
  };
  return `/products/${items[0]?.id ?? ""}`;
}

test("home, listing and product are drawn without asking the server again", async ({ page }) => {
  const questions = collectQuestions(page);
  await page.goto("/");
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Categories" }).getByRole("link").first()).toBeVisible();

  await page.goto("/products?category=phones&sort=price&utm_source=letter");
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Phones" })).toBeVisible();

  const product = await firstProduct(page);
  await page.goto(product);
  await expect(page.getByRole("heading", { name: "Condition" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Others like it" })).toBeVisible();
  expect(questions).toEqual([]);
});

test("the frame stands before any script runs, with the boxes of what is coming", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    ...(baseURL !== undefined && { baseURL }),
  });
  const page = await context.newPage();
  for (const address of ["/", "/products", "/products/1", "/about"]) {
    await page.goto(address);
    await expect(page.getByRole("link", { name: "Jackdaw, home" })).toBeVisible();
    await expect(page.getByRole("combobox", { name: "Search the shop" })).toBeVisible();
  }
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Good things");
  for (const [address, count] of [
    ["/", 6],
    ["/products?category=phones", 4],
    [await firstProduct(page), 1],
  ] as const) {
    await page.goto(address);
    const pictures = page.locator("#main [data-swatch] > img");
    await expect(pictures).toHaveCount(count);
    await expect(pictures.first()).toHaveJSProperty("complete", true);
    await expect(pictures.first()).toBeVisible();
  }
  await context.close();
});

/** Opens home with its scripts still on their way, and returns what lets them come. */
async function openHomeWithoutScripts(page: Page): Promise<() => void> {
  const { promise: held, resolve: letThrough } = Promise.withResolvers<void>();
  await page.route("**/assets/home-page-*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/", { waitUntil: "commit" });
  return letThrough;
}

test("the focus stays where it was put before the scripts came", async ({ page }) => {
  const letThrough = await openHomeWithoutScripts(page);
  const link = page.getByRole("main").getByRole("link", { name: "See everything" });
  await link.focus();
  letThrough();
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  await expect(link).toBeFocused();
});

test("what was typed before the scripts came stays, and is answered", async ({ page }) => {
  const letThrough = await openHomeWithoutScripts(page);
  await page.getByRole("combobox", { name: "Search the shop" }).focus();
  await page.keyboard.type("came");
  letThrough();
  await expect(page.getByRole("option", { name: "Cameras" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Search the shop" })).toHaveValue("came");
});

test("what stands in the page is this visitor's own", async ({ page, browser, baseURL }) => {
  await page.goto("/products?category=speakers&inStock=true");
  // The page shows it before the server has it.
  const stored = page.waitForResponse(
    (answer) => answer.request().method() === "PUT" && answer.url().includes("/favorites/"),
  );
  await page
    .getByRole("button", { name: /^Save / })
    .first()
    .click();
  await expect(page.getByRole("link", { name: "Favorites, 1 saved" })).toBeVisible();
  await stored;
  const own = await page.request.get("/");
  expect(own.headers()["cache-control"]).toBe("private, no-store");
  expect(own.headers()["vary"]).toContain("Cookie");
  const saved = /"endpoint":"listFavorites","arg":\{"limit":100\},"data":\{"items":\[\{/;
  expect(await own.text()).toMatch(saved);

  const other = await browser.newContext({ ...(baseURL !== undefined && { baseURL }) });
  expect(await (await other.request.get("/")).text()).not.toMatch(saved);
  await other.close();

  await page.reload();
  await expect(page.getByRole("link", { name: "Favorites, 1 saved" })).toBeVisible();
});

test("a page that is left takes along what the server wrote about it", async ({ page }) => {
  await page.goto("/products?category=laptops");
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute(
    "href",
    /\/products\?category=laptops$/,
  );
  await page.getByRole("main").getByRole("article").first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Condition" })).toBeVisible();
  await expect(page.locator("head [data-route]")).toHaveCount(0);
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  await expect(page).toHaveTitle(`${title} · Jackdaw`);
});

test("an address of nothing is answered as such and still leads on", async ({ page, watch }) => {
  watch.expectFailure(404, "/nothing-here");
  const answer = await page.goto("/nothing-here");
  expect(answer?.status()).toBe(404);
  await expect(page.locator('meta[name="robots"]')).toHaveAttribute("content", "noindex");
  await page.getByRole("main").getByRole("link", { name: "See everything" }).click();
  await expect(page).toHaveURL(/\/products$/);
});
