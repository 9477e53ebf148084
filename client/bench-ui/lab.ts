/** Lighthouse on three pages in two forms; of several runs the median counts. */
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig, type Config, type Result } from "lighthouse";
import { median, say, type Figure } from "./report.ts";

export type Form = "desktop" | "mobile";
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"] as const;
/** Points, except where a machine's noise allows less. */
const LEAST: Record<Form, Record<(typeof CATEGORIES)[number], number>> = {
  desktop: { performance: 100, accessibility: 100, "best-practices": 100, seo: 100 },
  mobile: { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 },
};
const TIMES = {
  "largest-contentful-paint": { name: "LCP", most: { desktop: 800, mobile: 2300 } },
  "total-blocking-time": { name: "TBT", most: { desktop: 150, mobile: 150 } },
} as const;
const MOST_SHIFT = 0.02;

async function run(url: string, form: Form, executable: string): Promise<Result> {
  const chrome = await launch({
    chromePath: executable,
    chromeFlags: ["--headless=new", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  try {
    const config: Config | undefined = form === "desktop" ? desktopConfig : undefined;
    const flags = {
      port: chrome.port,
      output: "json" as const,
      onlyCategories: [...CATEGORIES],
      logLevel: "error" as const,
    };
    const answer = await lighthouse(url, flags, config);
    if (answer === undefined) throw new Error(`Lighthouse gave no answer for ${url}.`);
    return answer.lhr;
  } finally {
    chrome.kill();
  }
}

/** A run that saw no paint says nothing about the page; twice in a row it does. */
async function runOrAgain(url: string, form: Form, executable: string): Promise<Result> {
  const first = await run(url, form, executable);
  if (first.runtimeError === undefined) return first;
  const second = await run(url, form, executable);
  if (second.runtimeError !== undefined) throw new Error(`${url}: ${second.runtimeError.message}`);
  return second;
}

function failedAudits(results: Result[], category: string): string {
  const failed = new Set<string>();
  for (const { categories, audits } of results) {
    for (const { id, weight } of categories[category]?.auditRefs ?? []) {
      const score = audits[id]?.score;
      if (weight > 0 && score !== null && score !== undefined && score < 0.9) failed.add(id);
    }
  }
  return [...failed].join(", ");
}

function figuresOf(page: string, form: Form, results: Result[]): Figure[] {
  const figures: Figure[] = CATEGORIES.map((category) => {
    const value = median(results.map(({ categories }) => (categories[category]?.score ?? 0) * 100));
    const gate = { at: "least" as const, value: LEAST[form][category] };
    const figure = say({ name: `${page}, ${form}: ${category}`, value, unit: "points", gate });
    if (value < gate.value) console.log(`    ${failedAudits(results, category)}`);
    return figure;
  });
  const numeric = (audit: string) =>
    median(results.map(({ audits }) => audits[audit]?.numericValue ?? Number.NaN));
  for (const [audit, { name, most }] of Object.entries(TIMES)) {
    const gate = { at: "most" as const, value: most[form] };
    figures.push(say({ name: `${page}, ${form}: ${name}`, value: numeric(audit), unit: "ms", gate }));
  }
  const shift = numeric("cumulative-layout-shift") * 1000;
  const gate = { at: "most" as const, value: MOST_SHIFT * 1000 };
  figures.push(say({ name: `${page}, ${form}: layout shift`, value: shift, unit: "thousandths", gate }));
  return figures;
}

export async function measureLab(
  pages: Record<string, string>,
  { runs, executable }: { runs: number; executable: string },
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const form of ["desktop", "mobile"] as const) {
    for (const [page, url] of Object.entries(pages)) {
      const results: Result[] = [];
      while (results.length < runs) results.push(await runOrAgain(url, form, executable));
      figures.push(...figuresOf(page, form, results));
    }
  }
  return figures;
}
