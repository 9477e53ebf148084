/** The table of figures with their gates, for people and as reports/bench-ui.json. */
import { mkdir, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";

export type Gate = { at: "most" | "least"; value: number };
export type Figure = { name: string; value: number; unit: string; gate: Gate | null };

const target = join(import.meta.dirname, "../../reports/bench-ui.json");

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The nearest-rank quantile, so that every figure is one that was really measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function holds({ value, gate }: Figure): boolean {
  if (gate === null) return true;
  return gate.at === "most" ? value <= gate.value : value >= gate.value;
}

function line(figure: Figure): string {
  const { name, value, unit, gate } = figure;
  const shown = `${value.toFixed(unit === "points" ? 0 : 1)} ${unit}`.padStart(16);
  const wanted = gate === null ? "" : `${gate.at === "most" ? "≤" : "≥"} ${String(gate.value)}`;
  return `${name.padEnd(46)}${shown}   ${wanted.padEnd(8)} ${gate === null ? "" : holds(figure) ? "ok" : "MISSED"}`;
}

/** Prints a figure as soon as it is known: the whole takes minutes. */
export function say(figure: Figure): Figure {
  console.log(line(figure));
  return figure;
}

/** How busy the machine was: figures that were timed on a loaded one say little. */
export function load(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

export async function write(figures: Figure[], loads: number[]): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const rows = figures.map((figure) => Object.assign({}, figure, { holds: holds(figure) }));
  await writeFile(target, `${JSON.stringify({ figures: rows, loadAverage: loads }, null, 2)}\n`);
  const missed = rows.filter((row) => !row.holds).length;
  console.log(
    `\n${String(rows.length - missed)} of ${String(rows.length)} hold; load ${loads.join(" to ")}.`,
  );
}
