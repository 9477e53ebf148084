/** Takes the three pictures of the README from a shop that runs: `npm run take:pictures -- http://127.0.0.1:8000`. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";

const folder = join(import.meta.dirname, "..", "pictures");
const shop = process.argv[2] ?? "http://127.0.0.1:8000";
const size = { width: 1280, height: 860 };

async function save(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  // The notes of a new arrangement fade within three seconds.
  await page.waitForTimeout(3500);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  await writeFile(join(folder, `${name}.webp`), Buffer.from(data, "base64"));
}

async function openFirst(page: Page, listing: string): Promise<void> {
  await page.goto(shop + listing);
  await page.getByRole("main").getByRole("article").first().getByRole("link").click();
  await page.getByRole("heading", { name: "Specifications" }).waitFor();
}

const browser = await chromium.launch({
  executablePath: process.env["JACKDAW_CHROMIUM"] ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
await mkdir(folder, { recursive: true });
const page = await browser.newPage({ viewport: size, reducedMotion: "reduce", colorScheme: "light" });

await openFirst(page, "/products?category=headphones&condition=fair");
await save(page, "product");
await page.goto(`${shop}/products?category=cameras`);
await page.getByRole("main").getByRole("article").first().waitFor();
await save(page, "listing");
await page.goto(shop);
await page.locator("section.learned").first().waitFor();
await save(page, "home");
await browser.close();
