/** Rules of the house that the linter cannot say: colours, names, barrels, sizes of styles, words. */
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";

const root = join(import.meta.dirname, "..");
const TOKENS = join("src", "styles", "tokens.css");
const GENERATED = join("src", "api", "generated.ts");
const COLOUR = /#[0-9a-fA-F]{3,8}\b(?!["'`/])|\b(?:oklch|oklab|rgba?|hsla?|lab|lch|hwb|color)\(/;
const HEX_IN_TEXT = /["'`]#[0-9a-fA-F]{3,8}["'`]/;
const BARREL = /^export \* from /m;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*$/;
const LINK = join("src", "ui", "link.tsx");
const ROUTER_LINK = /import \{[^}]*\b(?:Link|NavLink|Form)\b[^}]*\} from "react-router"/;
const MAX_STYLE_LINES = 400;

export type Finding = { file: string; text: string };

/** `src/ui`, or `src/features/cart`: what a relative import must not leave. The linter checks the `@/` ones. */
function zoneOf(file: string): string {
  const parts = file.split(sep);
  return parts.slice(0, parts[1] === "features" ? 3 : 2).join("/");
}

function leavesZone(file: string, source: string): boolean {
  const imported = [...source.matchAll(/(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g)];
  return imported.some(([, path = ""]) => zoneOf(join(dirname(file), path)) !== zoneOf(file));
}

/** Sides of the screen, in styles, in classes and in inline styles: lines may run from right to left. */
const SIDE_IN_CSS =
  /(?:^|[\s;{])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?(?:left|right)(?:-\w+)?\s*:|border-(?:top|bottom)-(?:left|right)-radius|(?:text-align|float|clear)\s*:\s*(?:left|right)\b|\bto (?:left|right)\b/m;
const SIDE_IN_CLASS =
  /["'`\s:](?:-?(?:m|p|scroll-m|scroll-p)[lr]-|-?(?:left|right)-(?:\d|\[|\(|auto|full|px)|border-[lr](?:-|\b)|rounded-(?:[lr]|tl|tr|bl|br)(?:-|\b)|text-(?:left|right)\b|float-(?:left|right)\b|(?:-?space|divide)-x-)/;
const SIDE_IN_STYLE = /style=\{\{[^}]*\b(?:left|right|(?:margin|padding|border)(?:Left|Right)\w*)\s*:/;

function namesSide(file: string, source: string): boolean {
  if (file.endsWith(".css")) return SIDE_IN_CSS.test(source);
  return file.endsWith(".tsx") && (SIDE_IN_CLASS.test(source) || SIDE_IN_STYLE.test(source));
}

type Rule = { text: string; isBroken: (file: string, source: string) => boolean };

const RULES: Rule[] = [
  {
    text: "holds a colour: colours live in src/styles/tokens.css",
    isBroken: (file, source) => file !== TOKENS && (COLOUR.test(source) || HEX_IN_TEXT.test(source)),
  },
  {
    text: "is a barrel: import from the file that defines the thing",
    isBroken: (file, source) =>
      /\.tsx?$/.test(file) && (BARREL.test(source) || basename(file).startsWith("index.")),
  },
  {
    text: "reaches another zone by a relative path: write @/ so that the linter sees it",
    isBroken: (file, source) => /\.tsx?$/.test(file) && leavesZone(file, source),
  },
  { text: "is not named in kebab-case", isBroken: (file) => !KEBAB.test(basename(file)) },
  {
    text: "has more than 400 lines",
    isBroken: (file, source) => file.endsWith(".css") && source.split("\n").length > MAX_STYLE_LINES,
  },
  {
    text: "takes a link from the router: src/ui/link.tsx weighs less",
    isBroken: (file, source) => file !== LINK && ROUTER_LINK.test(source),
  },
  {
    text: "names left or right: say start or end, lines may run the other way",
    isBroken: namesSide,
  },
  { text: "holds a note for later", isBroken: (_, source) => /\b(?:TODO|FIXME|XXX)\b/.test(source) },
];

export function findingsOf(file: string, source: string): Finding[] {
  if (file === GENERATED) return [];
  return RULES.filter((rule) => rule.isBroken(file, source)).map(({ text }) => ({ file, text }));
}

async function main(): Promise<void> {
  const entries = await readdir(join(root, "src"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const findings = await Promise.all(
    files.map(async (path) => findingsOf(relative(root, path), await readFile(path, "utf8"))),
  );
  for (const { file, text } of findings.flat()) console.error(`${file} ${text}`);
  process.exitCode = findings.flat().length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) await main();
