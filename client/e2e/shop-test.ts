/** Every flow runs under watch: a console error, a failed request or a moving layout fails it. */
import { expect, test as base, type Page } from "@playwright/test";

const MAX_LAYOUT_SHIFT = 0.02;

export type Watch = {
  /** Answers that this flow provokes on purpose, by status and part of the address. */
  expectFailure: (status: number, address: string) => void;
};

type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };

function collectShifts(): void {
  const page = globalThis as unknown as { layoutShifts: { value: number; at: number }[] };
  page.layoutShifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      if (!entry.hadRecentInput)
        page.layoutShifts.push({ value: entry.value, at: Math.round(entry.startTime) });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

function layoutShift(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { layoutShifts = [] } = globalThis as unknown as { layoutShifts?: { value: number }[] };
    return layoutShifts.reduce((sum, shift) => sum + shift.value, 0);
  });
}

export const test = base.extend<{ watch: Watch }>({
  baseURL: async ({}, use) => {
    await use(process.env["JACKDAW_E2E_URL"] ?? "http://127.0.0.1:8000");
  },
  watch: [
    async ({ page }, use) => {
      const faults: string[] = [];
      const allowed: { status: number; address: string }[] = [];
      const isAllowed = (status: number, url: string) =>
        allowed.some((failure) => failure.status === status && url.includes(failure.address));

      page.on("console", (message) => {
        const status = Number(/status of (\d{3})/.exec(message.text())?.[1]);
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
        if (reason !== "net::ERR_ABORTED") faults.push(`${reason} ${request.url()}`);
      });
      await page.addInitScript(collectShifts);
      await use({ expectFailure: (status, address) => allowed.push({ status, address }) });
      expect(faults, "faults in the browser").toEqual([]);
      expect(await layoutShift(page), "layout shift").toBeLessThanOrEqual(MAX_LAYOUT_SHIFT);
    },
    { auto: true },
  ],
});

export { expect };
