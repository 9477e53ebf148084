/** What a shopper downloads, against the budgets. Reads the manifest of a production build. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = join(import.meta.dirname, "..", "dist");
const HOME_PAGE = "src/app/pages/home-page.tsx";
/** One for each language; those of the pages that few visits open are parts of their own. */
const CATALOGUE = /^src\/lib\/words\/[a-z]{2}\.ts$/;
const KB = 1000;
/** The libraries are held apart: what was won there must not be lost unseen in the room that pages still have. */
const BUDGET_KB = { firstLoad: 150, libraries: 121, lazyRoute: 35, css: 12, fonts: 65 };

type Chunk = {
  file: string;
  name?: string;
  imports?: string[];
  css?: string[];
  assets?: string[];
  isEntry?: boolean;
  isDynamicEntry?: boolean;
};
export type Manifest = Record<string, Chunk>;

/** A chunk and everything it needs before it can run. */
export function closure(manifest: Manifest, key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key]?.imports ?? []) closure(manifest, imported, seen);
  return seen;
}

async function sizeKb(file: string, isPacked: boolean): Promise<number> {
  const bytes = await readFile(join(dist, file));
  return (isPacked ? gzipSync(bytes, { level: 9 }).length : bytes.length) / KB;
}

async function total(files: Iterable<string>, isPacked = true): Promise<number> {
  const sizes = await Promise.all([...files].map((file) => sizeKb(file, isPacked)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Of several languages each visitor loads one. */
async function largestOf(manifest: Manifest, keys: string[]): Promise<string> {
  const sized = await Promise.all(
    keys.map(async (key) => ({ key, size: await sizeKb(manifest[key]?.file ?? "", true) })),
  );
  for (const { key, size } of sized) console.log(`texts ${key.replace(/^.*\//, "")}: ${size.toFixed(1)} kB`);
  const [largest] = sized.toSorted((a, b) => b.size - a.size);
  if (largest === undefined) throw new Error("The build has no catalogue of texts.");
  return largest.key;
}

async function main(): Promise<void> {
  const manifest = JSON.parse(await readFile(join(dist, ".vite/manifest.json"), "utf8")) as Manifest;
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
  if (entry === undefined) throw new Error("The build has no entry.");
  // All that home loads before it can be used: the frame, the page itself and the largest catalogue of texts.
  const page = closure(manifest, HOME_PAGE, closure(manifest, entry));
  const catalogues = Object.keys(manifest).filter((key) => CATALOGUE.test(key));
  const first = closure(manifest, await largestOf(manifest, catalogues), page);
  const filesOf = (keys: Iterable<string>) => new Set([...keys].flatMap((key) => manifest[key]?.file ?? []));
  const libraries = [...first].filter((key) => manifest[key]?.name === "vendor");
  const lazy = Object.keys(manifest).filter(
    (key) => manifest[key]?.isDynamicEntry && !first.has(key) && !catalogues.includes(key),
  );
  const css = new Set(Object.values(manifest).flatMap((chunk) => chunk.css ?? []));
  const fonts = new Set(
    Object.values(manifest).flatMap((chunk) =>
      [chunk.file, ...(chunk.assets ?? [])].filter((file) => file.endsWith(".woff2")),
    ),
  );

  const rows: { name: string; size: number; budget: number }[] = [
    { name: "first load, JavaScript", size: await total(filesOf(first)), budget: BUDGET_KB.firstLoad },
    { name: "of it, libraries", size: await total(filesOf(libraries)), budget: BUDGET_KB.libraries },
    { name: "styles", size: await total(css), budget: BUDGET_KB.css },
    { name: "fonts", size: await total(fonts, false), budget: BUDGET_KB.fonts },
  ];
  for (const key of lazy) {
    const own = [...closure(manifest, key)].filter((part) => !first.has(part));
    rows.push({
      name: `route ${key.replace(/^.*\//, "")}`,
      size: await total(filesOf(own)),
      budget: BUDGET_KB.lazyRoute,
    });
  }
  for (const { name, size, budget } of rows) {
    const verdict = size <= budget ? "ok" : "TOO LARGE";
    console.log(
      `${name.padEnd(34)} ${size.toFixed(1).padStart(6)} kB of ${String(budget).padStart(3)}  ${verdict}`,
    );
  }
  process.exitCode = rows.every(({ size, budget }) => size <= budget) ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) await main();
