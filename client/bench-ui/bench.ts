/** Measures the pages of the built client on the real server: `make bench-ui`, best on a machine that does nothing else. */
import { parseArgs } from "node:util";
import startShop from "../e2e/start-shop.ts";
import { findChromium } from "../e2e/find-chromium.ts";
import { measureHand } from "./hand.ts";
import { measureLab } from "./lab.ts";
import { load, write, type Figure } from "./report.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    only: { type: "string", default: "hand,lab" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log("--runs N     runs of Lighthouse per page and form (5); the median counts");
  console.log("--only PART  hand (presses in a browser), lab (Lighthouse), or both: hand,lab");
  process.exit(0);
}
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs takes a whole number of at least 1.");
const executable = findChromium();
if (executable === undefined)
  throw new Error("No chromium found: install it or name one in JACKDAW_CHROMIUM.");

async function firstProduct(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/products?limit=1&inStock=true`);
  const { items } = (await answer.json()) as { items: { id: string }[] };
  if (items[0] === undefined) throw new Error("The shop has no products.");
  return items[0].id;
}

async function measureAll(url: string, browserPath: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  if (values.only.includes("hand")) figures.push(...(await measureHand(url, browserPath)));
  if (values.only.includes("lab")) {
    const pages = {
      home: `${url}/`,
      listing: `${url}/products?category=phones`,
      product: `${url}/products/${await firstProduct(url)}`,
    };
    figures.push(...(await measureLab(pages, { runs, executable: browserPath })));
  }
  return figures;
}

const stop = await startShop();
try {
  const before = load();
  if (before > 1)
    console.log(`The machine is busy (load ${String(before)}): what is timed here says little.\n`);
  const figures = await measureAll(process.env["JACKDAW_E2E_URL"] ?? "", executable);
  await write(figures, [before, load()]);
} finally {
  await stop?.();
}
