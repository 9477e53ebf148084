import { expect, test } from "./shop-test";

test("ticks, chips and the address say the same, also after Back and in another tab", async ({
  page,
  context,
}) => {
  await page.goto("/products?category=cameras");
  const filters = page.getByRole("complementary", { name: "Filters" });
  const chips = page.getByRole("list", { name: "Chosen filters" });
  await filters.getByRole("checkbox", { name: /^Good/ }).check();
  await filters.getByRole("checkbox", { name: /^Excellent/ }).check();
  await expect(page).toHaveURL(/category=cameras&condition=good&condition=excellent$/);
  await expect(chips.getByRole("button", { name: "Remove filter Good" })).toBeVisible();
  await expect(chips.getByRole("button", { name: "Remove filter Excellent" })).toBeVisible();

  await page.goBack();
  await expect(page).toHaveURL(/category=cameras&condition=good$/);
  await expect(filters.getByRole("checkbox", { name: /^Excellent/ })).not.toBeChecked();
  await expect(filters.getByRole("checkbox", { name: /^Good/ })).toBeChecked();

  const shared = await context.newPage();
  await shared.goto(page.url());
  await expect(shared.getByRole("checkbox", { name: /^Good/ })).toBeChecked();
  await expect(shared.getByRole("heading", { level: 1 })).toHaveText("Cameras");
  await shared.close();

  await chips.getByRole("button", { name: "Remove filter Good" }).click();
  await expect(page).toHaveURL(/\/products\?category=cameras$/);
  await expect(filters.getByRole("checkbox", { name: /^Good/ })).not.toBeChecked();
});

test("a price can be typed, and the order changes by choice", async ({ page }) => {
  await page.goto("/products");
  await page.getByRole("textbox", { name: "Highest price" }).fill("300");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/maxPrice=300/);
  await page.getByRole("combobox", { name: "Sort" }).selectOption("price");
  await expect(page).toHaveURL(/sort=price/);
  const price = (place: number) =>
    page.getByRole("main").getByRole("article").nth(place).locator(".price").innerText();
  await expect(page.getByRole("list", { name: "Chosen filters" })).toContainText("Up to €300");
  await expect
    .poll(async () => {
      const prices = await Promise.all([0, 1, 2, 3].map(price));
      const amounts = prices.map((text) => Number(/[\d.]+/.exec(text.replaceAll(",", ""))?.[0]));
      return amounts.every((amount, place) => place === 0 || amount >= (amounts[place - 1] ?? 0));
    })
    .toBe(true);
});

test("more is appended, and Back returns to the same place", async ({ page }) => {
  await page.goto("/products");
  const cards = page.getByRole("main").getByRole("article");
  await expect(page.getByText(/^24 of [\d,]+ listings/)).toBeVisible();
  await page.getByRole("button", { name: "Show 24 more" }).click();
  await expect(page.getByText(/^48 of [\d,]+ listings/)).toBeVisible();
  const count = await cards.count();
  const card = cards.nth(count - 6);
  await card.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => globalThis.scrollY);
  expect(before).toBeGreaterThan(1000);
  await card.getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Specifications" })).toBeVisible();
  await page.goBack();
  await expect(cards).toHaveCount(count);
  await expect.poll(() => page.evaluate(() => globalThis.scrollY)).toBe(before);
});

test("one card stands for a model with its grades and opens the cheapest", async ({ page }) => {
  await page.goto("/products?category=cameras&sort=price");
  const card = page
    .getByRole("main")
    .getByRole("article")
    .filter({ hasText: /\d grades/ })
    .first();
  const range = await card.locator(".price").innerText();
  expect(range).toMatch(/^€[\d,.]+\s–\s€[\d,.]+$/);
  await card.getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Condition" })).toBeVisible();
  const cheapest = range.split(/\s/)[0] ?? "";
  await expect(page.getByRole("main")).toContainText(cheapest);
});

test("a search that finds nothing says what would bring something back", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("combobox", { name: "Search the shop" }).fill("zzyzx qwfp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/products\?q=zzyzx\+qwfp/);
  await expect(page.getByRole("heading", { name: /Nothing found for/ })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "See everything" }).click();
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
});

test("on a phone the filters open as a sheet and close with the count", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/products?category=cameras");
  await page.getByRole("button", { name: "Filters" }).click();
  const sheet = page.getByRole("dialog", { name: "Filters" });
  await sheet.getByRole("checkbox", { name: /^Good/ }).check();
  await expect(page).toHaveURL(/condition=good/);
  await sheet.getByRole("button", { name: /^Show \d+ listings?$/ }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole("button", { name: "Filters (2)" })).toBeVisible();
});
