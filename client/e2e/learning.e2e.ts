import { expect, openFirst, test } from "./shop-test";

test("one click changes home and home says why", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  await expect(page.locator(".nape")).toHaveCount(0);

  const viewed = page.waitForResponse(
    (response) =>
      response.url().endsWith("/api/v1/interactions") && /"view"/.test(response.request().postData() ?? ""),
  );
  const title = await openFirst(page, "/products?category=cameras");
  await viewed;
  await page.getByRole("link", { name: "Jackdaw, home" }).click();

  const learned = page.locator("section.learned").first();
  await expect(learned).toContainText(/because/i);
  await expect(page.getByRole("main")).toContainText(title);
  await expect(learned.locator(".nape")).toBeVisible();
});

test("saving on home rearranges the shelves in place", async ({ page }) => {
  await page.goto("/");
  const card = page.getByRole("main").getByRole("article").nth(2);
  const title = await card.getByRole("heading").innerText();
  await card.getByRole("button", { name: /^Save / }).click();
  await expect(page.locator("section.learned").first()).toContainText(/because/i);
  await expect(page.getByRole("main")).toContainText(
    new RegExp(`because you saved ${RegExp.escape(title)}`, "i"),
  );
});

test("impressions and clicks are reported with their slate and place", async ({ page }) => {
  const events: { type: string; slateId?: string; position?: number }[] = [];
  page.on("request", (request) => {
    if (!request.url().endsWith("/api/v1/interactions")) return;
    events.push(...(JSON.parse(request.postData() ?? '{"events":[]}') as { events: typeof events }).events);
  });
  await page.goto("/");
  const card = page.getByRole("main").locator("section").getByRole("article").first();
  await card.scrollIntoViewIfNeeded();
  await expect.poll(() => events.filter((event) => event.type === "impression").length).toBeGreaterThan(2);
  await card.getByRole("link").click();
  await expect(page.getByRole("button", { name: /^Save/ }).first()).toBeVisible();
  await expect.poll(() => events.map((event) => event.type)).toContain("view");
  const click = events.find((event) => event.type === "click");
  expect(click?.slateId).toBeTruthy();
  expect(click?.position).toEqual(expect.any(Number));
});

test("three clicks on cameras rearrange home, with true reasons", async ({ page }) => {
  const titles: string[] = [];
  for (const place of [0, 1, 2]) {
    await page.goto("/products?category=cameras");
    const viewed = page.waitForResponse(
      (response) =>
        response.url().endsWith("/api/v1/interactions") && /"view"/.test(response.request().postData() ?? ""),
    );
    await page.getByRole("main").getByRole("article").nth(place).getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: "Condition" })).toBeVisible();
    titles.push(await page.getByRole("heading", { level: 1 }).innerText());
    await viewed;
  }
  const shelf = page.getByRole("region", { name: `Because you viewed ${titles[2] ?? ""}`, exact: false });
  await page.getByRole("link", { name: "Jackdaw, home" }).click();
  await expect(shelf.getByRole("article").first()).toBeVisible();
  const goingOn = page.getByRole("region", { name: "Continue where you were" });
  await expect(goingOn.getByRole("article")).toHaveCount(3);
  for (const title of titles) await expect(goingOn).toContainText(title);
});

test("what is known leads the order for you, and only then it is offered", async ({ page }) => {
  await page.goto("/products?category=cameras");
  const sort = page.getByRole("combobox", { name: "Sort" });
  await expect(sort.getByRole("option", { name: "For you" })).toHaveCount(0);
  const viewed = page.waitForResponse(
    (response) =>
      response.url().endsWith("/api/v1/interactions") && /"view"/.test(response.request().postData() ?? ""),
  );
  await openFirst(page, "/products?category=cameras");
  await viewed;
  await page.goto("/products?category=cameras");
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
  await sort.selectOption("For you");
  await expect(page).toHaveURL(/sort=for_you/);
  await expect(page.getByRole("main").getByRole("article").first()).toBeVisible();
});
