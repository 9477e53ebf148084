import type { Page } from "@playwright/test";
import { expect, openFirst, test } from "./shop-test";

type Home = { rails: { items: { product: { brand: { slug: string } } }[] }[]; personalised: boolean };

function homeOf(page: Page): Promise<Home> {
  return page.evaluate(async () => (await (await fetch("/api/v1/recommendations/home")).json()) as Home);
}

async function learnFrom(page: Page, listing: string): Promise<string> {
  const viewed = page.waitForResponse(
    (response) =>
      response.url().endsWith("/api/v1/interactions") && /"view"/.test(response.request().postData() ?? ""),
  );
  const title = await openFirst(page, listing);
  await viewed;
  return title;
}

test("not for me: this maker holds, and can be taken back", async ({ page }) => {
  await learnFrom(page, "/products?category=cameras");
  await page.goto("/");
  const card = page.getByRole("main").locator("section.learned").first().getByRole("article").first();
  await card.getByRole("button", { name: /^Not for me/ }).click();
  const maker = page.getByRole("dialog").getByRole("button", { name: /^Anything made by/ });
  const name = (await maker.innerText()).replace("Anything made by ", "");
  await maker.click();
  await expect(page.getByText(`Left out: Anything made by ${name}.`).last()).toBeVisible();
  for (let asked = 0; asked < 100; asked += 10) {
    for (const home of await Promise.all(Array.from({ length: 10 }, () => homeOf(page)))) {
      const makers = home.rails.flatMap((rail) => rail.items.map((item) => item.product.brand.slug));
      expect(makers.length).toBeGreaterThan(0);
      expect(makers).not.toContain(name.toLowerCase());
    }
  }
  await page.goto("/you");
  await page.getByRole("button", { name: `Suggest again: Anything made by ${name}` }).click();
  await expect(page.getByText("Nothing is left out.")).toBeVisible();
});

test("forgetting everything leaves an empty page and a cold shelf", async ({ page }) => {
  const title = await learnFrom(page, "/products?category=cameras");
  await expect.poll(async () => (await homeOf(page)).personalised).toBe(true);
  await page.goto("/you");
  await expect(page.getByRole("link", { name: title }).first()).toBeVisible();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Forget everything" }).press("Enter");
  await expect(page.getByText("Nothing you did is kept.")).toBeVisible();
  await expect(page.locator(".nape, .learned")).toHaveCount(0);
  expect((await homeOf(page)).personalised).toBe(false);
});

test("what everyone sees carries no mark of learning", async ({ page }) => {
  await learnFrom(page, "/products?category=phones");
  await page.goto("/you");
  await expect(page.locator(".nape").first()).toBeVisible();
  await page.getByRole("switch", { name: "Show me what everyone sees" }).press("Space");
  await expect(page.getByRole("heading", { name: "You see what everyone sees" })).toBeVisible();
  await expect(page.locator(".nape, .learned")).toHaveCount(0);
  await page.goto("/");
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  await expect(page.locator(".nape, .learned")).toHaveCount(0);
});
