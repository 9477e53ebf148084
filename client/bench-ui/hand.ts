/** What a hand feels, in a real browser: answers to presses, prefetched pages, shelves that move, a page left open long. */
import { chromium, type Browser, type CDPSession, type Page } from "@playwright/test";
import { quantile, say, type Figure } from "./report.ts";

const NAVIGATIONS = 100;
/** A cheap phone beside the machine that measures. */
const SLOWER = 4;
const WARM_UP = 20;
const SAMPLES = 20;
const LONGEST_WAIT_MS = 5000;

type Watching = { tellPress?: (id: number, duration: number) => void; pressedAt: number };

/** Runs in the page: the time from each press to the paint after it, as the browser measures it. */
function watchPresses(): void {
  const page = globalThis as unknown as Watching;
  page.pressedAt = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
      if (entry.interactionId) page.tellPress?.(entry.interactionId, entry.duration);
    }
  }).observe({ type: "event", buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  addEventListener("click", (event) => (page.pressedAt = event.timeStamp), { capture: true });
}

async function newPage(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchPresses);
  return page;
}

/** Ticks, chips, typing, suggestions, hearts, the drawer and its stepper. */
async function pressAround(page: Page): Promise<void> {
  await page.goto("/products?category=phones");
  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters.getByRole("checkbox").first().waitFor();
  for (let tick = 0; tick < 6; tick += 1) {
    await filters.getByRole("checkbox").nth(tick).click();
    await page.waitForTimeout(250);
  }
  await page.getByRole("combobox", { name: "Search the shop" }).click();
  await page.keyboard.type("camera", { delay: 60 });
  await page.getByRole("listbox", { name: "Suggestions" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await page.goto("/products?category=cameras&inStock=true");
  const cards = page.getByRole("main").getByRole("article");
  for (let card = 0; card < 5; card += 1) {
    await cards
      .nth(card)
      .getByRole("button", { name: /^Save / })
      .click();
    await page.waitForTimeout(100);
  }
  await cards.first().getByRole("link").click();
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Remove / })
    .click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.keyboard.press("Escape");
}

async function measurePresses(browser: Browser, baseURL: string, slowdown = 1): Promise<Figure> {
  const page = await newPage(browser, baseURL);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const durations = new Map<string, number>();
  // Several events belong to one press; the longest of them is how long it took.
  await page.exposeFunction("tellPress", (id: number, duration: number) => {
    const key = `${page.url().split("?")[0] ?? ""} ${String(id)}`;
    durations.set(key, Math.max(durations.get(key) ?? 0, duration));
  });
  await pressAround(page);
  await page.waitForTimeout(500);
  await page.context().close();
  // Presses that were painted within a frame are not reported by the browser at all.
  const value = durations.size === 0 ? 16 : quantile([...durations.values()], 0.98);
  if (slowdown === 1) {
    return say({ name: "press to paint (INP)", value, unit: "ms", gate: { at: "most", value: 100 } });
  }
  // 200 ms is what the Web Vitals call good for a real visitor's machine.
  const name = `press to paint, processor ${String(slowdown)} times slower`;
  return say({ name, value, unit: "ms", gate: { at: "most", value: 200 } });
}

/** Milliseconds from the latest press to the paint in which a heading of level 1 reads like this. */
function paintedAfterPress(page: Page, heading: string): Promise<number> {
  return page.evaluate(
    ([wanted, longest]) =>
      new Promise<number>((resolve, reject) => {
        const end = performance.now() + longest;
        const look = () => {
          const shown = document.querySelector("h1")?.textContent === wanted;
          if (shown) {
            // The next frame begins when this one has been painted.
            requestAnimationFrame(() => {
              setTimeout(() => resolve(performance.now() - (globalThis as unknown as Watching).pressedAt));
            });
          } else if (performance.now() > end) reject(new Error("The page was not painted."));
          else requestAnimationFrame(look);
        };
        look();
      }),
    [heading, LONGEST_WAIT_MS] as const,
  );
}

async function measurePrefetched(browser: Browser, baseURL: string): Promise<Figure> {
  const page = await newPage(browser, baseURL);
  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await page.goto("/products?category=laptops&inStock=true");
    const card = page
      .getByRole("main")
      .getByRole("article")
      .nth(sample % 12);
    const title = await card.getByRole("heading").innerText();
    const fetched = page.waitForResponse((answer) => answer.url().includes("prefetch=1"));
    await card.getByRole("link").hover();
    await fetched;
    await page.waitForTimeout(100);
    await page.mouse.down();
    await page.mouse.up();
    times.push(await paintedAfterPress(page, title));
  }
  await page.context().close();
  const gate = { at: "most" as const, value: 150 };
  return say({ name: "hovered product painted, p95", value: quantile(times, 0.95), unit: "ms", gate });
}

async function heapBytes(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  return usedSize;
}

async function thereAndBack(page: Page, times: number): Promise<void> {
  for (let time = 0; time < times; time += 2) {
    await page
      .getByRole("main")
      .getByRole("article")
      .nth(time % 10)
      .getByRole("link")
      .click();
    await page.getByRole("heading", { name: "Condition" }).waitFor();
    await page.goBack();
    await page.getByRole("main").getByRole("article").first().waitFor();
  }
}

async function measureHeap(browser: Browser, baseURL: string): Promise<Figure> {
  const page = await newPage(browser, baseURL);
  await page.goto("/products?category=watches&inStock=true");
  await thereAndBack(page, WARM_UP);
  const session = await page.context().newCDPSession(page);
  const before = await heapBytes(session);
  await thereAndBack(page, NAVIGATIONS);
  const growth = ((await heapBytes(session)) - before) / 2 ** 20;
  await page.context().close();
  const name = `heap after ${String(NAVIGATIONS)} navigations`;
  return say({ name, value: growth, unit: "MB more", gate: { at: "most", value: 2 } });
}

/** Milliseconds from the latest press to the paint of a shelf that was rearranged after it. */
function rearrangedAfterPress(page: Page): Promise<number> {
  return page.evaluate(
    (longest) =>
      new Promise<number>((resolve, reject) => {
        const { pressedAt } = globalThis as unknown as Watching;
        const end = performance.now() + longest;
        const look = () => {
          const mark = performance
            .getEntriesByName("rearranged")
            .find(({ startTime }) => startTime > pressedAt);
          if (mark !== undefined) {
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedAt)));
          } else if (performance.now() > end) reject(new Error("No shelf was rearranged."));
          else requestAnimationFrame(look);
        };
        look();
      }),
    LONGEST_WAIT_MS,
  );
}

async function measureShelf(browser: Browser, baseURL: string): Promise<Figure> {
  const page = await newPage(browser, baseURL);
  await page.goto("/");
  const hearts = page
    .getByRole("main")
    .getByRole("article")
    .getByRole("button", { name: /^Save / });
  await hearts.first().waitFor();
  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await hearts.nth(sample % 8).click();
    times.push(await rearrangedAfterPress(page));
    // The cards glide for a moment; a press meanwhile would wait for them.
    await page.waitForTimeout(600);
  }
  await page.context().close();
  const gate = { at: "most" as const, value: 600 };
  return say({ name: "press to rearranged shelf, p95", value: quantile(times, 0.95), unit: "ms", gate });
}

export async function measureHand(baseURL: string, executable: string): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: executable,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    return [
      await measurePresses(browser, baseURL),
      await measurePresses(browser, baseURL, SLOWER),
      await measurePrefetched(browser, baseURL),
      await measureShelf(browser, baseURL),
      await measureHeap(browser, baseURL),
    ];
  } finally {
    await browser.close();
  }
}
