/** Every flow runs under watch: a console error, a failed request or a moving layout fails it. */
import { expect, test as base, type Page } from "@playwright/test";

const MAX_LAYOUT_SHIFT = 0.02;

export type Watch = {
  /** Answers that this flow provokes on purpose, by status and part of the address. */
  expectFailure: (status: number, address: string) => void;
  /** This flow cuts the connection: requests that find none are no fault. */
  expectOffline: () => void;
};

/** Shelves that rearrange because of what the shopper did move on purpose, as after a click. */
const MEANT_WITHIN_MS = 600;

type Source = { node: Node | null };
type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: Source[] };

function collectShifts(): void {
  const page = globalThis as unknown as { layoutShifts: { value: number; at: number; of: string }[] };
  page.layoutShifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      if (entry.hadRecentInput) continue;
      const of = entry.sources.map(({ node }) =>
        node instanceof Element ? `${node.tagName}.${node.className}`.slice(0, 60) : String(node?.nodeName),
      );
      page.layoutShifts.push({ value: entry.value, at: entry.startTime, of: of.join(", ") });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** The unexpected movements of this page, the largest first. */
function unexpectedShifts(page: Page): Promise<{ value: number; of: string }[]> {
  return page.evaluate((within) => {
    const { layoutShifts = [] } = globalThis as unknown as {
      layoutShifts?: { value: number; at: number; of: string }[];
    };
    const meant = performance.getEntriesByName("rearranged").map((mark) => mark.startTime);
    return layoutShifts
      .filter((shift) => !meant.some((at) => shift.at >= at - 50 && shift.at <= at + within))
      .map(({ value, of }) => ({ value, of }))
      .toSorted((a, b) => b.value - a.value);
  }, MEANT_WITHIN_MS);
}

/** A person presses what has been drawn; before, the page is the one that was sent, which only links. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.locator("#main > .contents").waitFor({ state: "detached" });
}

export const test = base.extend<{ watch: Watch }>({
  page: async ({ page }, use) => {
    const goTo = page.goto.bind(page);
    page.goto = async (address, options) => {
      const answer = await goTo(address, options);
      if (options?.waitUntil === undefined) await untilDrawn(page);
      return answer;
    };
    await use(page);
  },
  watch: [
    async ({ page }, use) => {
      const faults: string[] = [];
      let mayBeOffline = false;
      const allowed: { status: number; address: string }[] = [];
      const isAllowed = (status: number, url: string) =>
        allowed.some((failure) => failure.status === status && url.includes(failure.address));

      page.on("console", (message) => {
        const status = Number(/status of (\d{3})/.exec(message.text())?.[1]);
        if (mayBeOffline && message.text().includes("ERR_INTERNET_DISCONNECTED")) return;
        if (message.type() === "error" && !isAllowed(status, message.location().url)) {
          faults.push(`console: ${message.text()}`);
        }
      });
      page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
      page.on("response", (response) => {
        if (response.status() >= 400 && !isAllowed(response.status(), response.url())) {
          faults.push(`${String(response.status())} ${response.url()}`);
        }
      });
      page.on("requestfailed", (request) => {
        // A page that is left cancels what it no longer needs.
        const reason = request.failure()?.errorText ?? "";
        if (mayBeOffline && reason === "net::ERR_INTERNET_DISCONNECTED") return;
        if (reason !== "net::ERR_ABORTED") faults.push(`${reason} ${request.url()}`);
      });
      await page.addInitScript(collectShifts);
      await use({
        expectFailure: (status, address) => allowed.push({ status, address }),
        expectOffline: () => {
          mayBeOffline = true;
        },
      });
      expect(faults, "faults in the browser").toEqual([]);
      const shifts = await unexpectedShifts(page);
      const shift = shifts.reduce((sum, { value }) => sum + value, 0);
      expect(shift, `layout shift of ${JSON.stringify(shifts)}`).toBeLessThanOrEqual(MAX_LAYOUT_SHIFT);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens the first product of a listing and returns its title. */
export async function openFirst(page: Page, listing: string): Promise<string> {
  await page.goto(listing);
  await page.getByRole("main").getByRole("article").first().getByRole("link").click();
  await expect(page).toHaveURL(/\/products\/\d+$/);
  await expect(page.getByRole("heading", { name: "Condition" })).toBeVisible();
  return page.getByRole("heading", { level: 1 }).innerText();
}
