/**
 * No text for people stands in the code: all of it is in src/lib/words, where every language has it. The gallery of the
 * kit is for those who build with it and stays in their English.
 */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { parseSync } from "vite";

const root = join(import.meta.dirname, "..");
const EXEMPT =
  /\.test\.tsx?$|^src\/(?:testing|lib\/words|app\/kit)\/|^src\/app\/pages\/kit-page\.tsx$|generated\.ts$/;
/** The only places that may ask `Intl` directly: they know the language. */
const FORMATTERS = new Set(["src/lib/words/say.ts", "src/lib/money.ts"]);
const FORMATTING = /\bnew Intl\.|\.toLocale\w*\(|\.toFixed\(/;
const SAID_BY_ATTRIBUTE =
  /^(?:aria-(?:label|description|roledescription|valuetext)|title|label|alt|placeholder|hint|caption|sentence|basis|text|fault|problem|reason|submitLabel)$/;
const SAID_BY_PROPERTY = /^(?:text|title|label|detail|hint|sentence|placeholder)$/;
/** Said to developers, not to shoppers. */
const TO_DEVELOPERS = /^(?:Error|TypeError|DOMException|error)$/;
/** Names are the same in every language. */
const NAMES = new Set(["Jackdaw"]);
const LETTERS = /\p{L}{2}/u;
const PROSE = /^[“"]?\p{Lu}\p{L}*[ ,:]+\p{L}/u;

type Node = { type: string; start: number; [key: string]: unknown };
export type Finding = { file: string; line: number; text: string; why: string };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode));
}

function nameOf(value: unknown): string {
  if (!isNode(value)) return "";
  return String(value["name"] ?? value["value"] ?? nameOf(value["property"]));
}

/** The words of a string or of a template. */
function wordsOf(node: Node): string {
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : "";
  if (node.type !== "TemplateLiteral") return "";
  return (node["quasis"] as { value: { raw: string } }[]).map(({ value }) => value.raw).join(" ");
}

/** The strings that an expression may turn out to be. */
function outcomes(value: unknown): Node[] {
  if (!isNode(value)) return [];
  if (value.type === "JSXExpressionContainer") return outcomes(value["expression"]);
  if (value.type === "ConditionalExpression")
    return [...outcomes(value["consequent"]), ...outcomes(value["alternate"])];
  if (value.type === "LogicalExpression") return [...outcomes(value["left"]), ...outcomes(value["right"])];
  return [value];
}

/** What of a node is shown or said by itself. */
function saidBy(node: Node): Node[] {
  if (node.type === "JSXText") return LETTERS.test(String(node["value"])) ? [node] : [];
  const isSaid =
    (node.type === "JSXAttribute" && SAID_BY_ATTRIBUTE.test(nameOf(node["name"]))) ||
    (node.type === "Property" && SAID_BY_PROPERTY.test(nameOf(node["key"])));
  const isShown = node.type === "JSXElement" || node.type === "JSXFragment";
  const values = isShown ? (node["children"] as Node[]) : isSaid ? [node["value"]] : [];
  return values.flatMap(outcomes).filter((value) => LETTERS.test(wordsOf(value)));
}

function isToDevelopers(node: Node): boolean {
  return /^(?:New|Call)Expression$/.test(node.type) && TO_DEVELOPERS.test(nameOf(node["callee"]));
}

function* literalsIn(node: Node): Generator<Node> {
  if (isToDevelopers(node) || node.type === "ImportDeclaration") return;
  yield* saidBy(node);
  if (PROSE.test(wordsOf(node))) yield node;
  for (const child of childrenOf(node)) yield* literalsIn(child);
}

export function literalTexts(file: string, source: string): Finding[] {
  if (EXEMPT.test(file)) return [];
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be read.`);
  const lineAt = (place: number) => source.slice(0, place).split("\n").length;
  const found = new Map<number, Finding>();
  for (const node of literalsIn(program as unknown as Node)) {
    const text = String(node["value"] ?? wordsOf(node)).trim();
    if (!NAMES.has(text))
      found.set(node.start, { file, line: lineAt(node.start), text, why: "text that no catalogue has" });
  }
  return [...found.values()];
}

/** Numbers, dates and amounts that are written without the language. */
export function ownFormatting(file: string, source: string): Finding[] {
  if (EXEMPT.test(file) || FORMATTERS.has(file)) return [];
  return source.split("\n").flatMap((text, index) => {
    return FORMATTING.test(text)
      ? [{ file, line: index + 1, text: text.trim(), why: "formats without the language" }]
      : [];
  });
}

async function main(): Promise<void> {
  const entries = await readdir(join(root, "src"), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const findings = await Promise.all(
    paths.map(async (path) => {
      const file = relative(root, path).replaceAll(sep, "/");
      const source = await readFile(path, "utf8");
      return literalTexts(file, source).concat(ownFormatting(file, source));
    }),
  );
  for (const { file, line, why, text } of findings.flat())
    console.error(`${file}:${String(line)} ${why}: ${text}`);
  process.exitCode = findings.flat().length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) await main();
