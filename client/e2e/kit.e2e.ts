import { expect, test } from "./shop-test";
import { expectNoViolations } from "./violations";

for (const theme of ["light", "dark"] as const) {
  test(`the kit shows every state without violations, ${theme}`, async ({ page, watch }) => {
    watch.expectFailure(404, "/kit");
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.goto("/kit");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The kit");
    await expectNoViolations(page);
    await page.getByRole("button", { name: "Show notes" }).click();
    await page.getByRole("button", { name: "Show it" }).click();
    await expect(page.getByRole("alert", { name: "There is a problem" })).toBeFocused();
    await expectNoViolations(page);
    await page.getByRole("button", { name: "Open a dialog" }).click();
    await expect(page.getByRole("dialog", { name: "Close the account" })).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Open a dialog" })).toBeFocused();
  });
}

test("tabs are one stop and the arrows choose; a chart has its table", async ({ page, watch }) => {
  watch.expectFailure(404, "/kit");
  await page.goto("/kit");
  await page.getByRole("tab", { name: "Specifications" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Inspection record" })).toBeFocused();
  await expect(page.getByRole("tabpanel")).toHaveText("Two marks on the back.");
  await page.keyboard.press("End");
  await expect(page.getByRole("tab", { name: "Store" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("tabpanel")).toBeFocused();
  await page.getByText("The numbers as a table").click();
  await expect(page.getByRole("table", { name: "Sold per week" }).getByRole("row")).toHaveCount(7);
});
