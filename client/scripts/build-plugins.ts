/** What the build adds to Vite's: hashes for the content security policy, and compressed copies of every text file. */
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(?:html|js|css|svg|txt|json)$/;
/** Below this a compressed copy saves nothing worth a file. */
const SMALLEST = 512;

export function inlineHashes(html: string, tag: "script" | "style"): string[] {
  const blocks = html.matchAll(new RegExp(`<${tag}(?<attributes>[^>]*)>(?<body>[\\s\\S]*?)</${tag}>`, "g"));
  return [...blocks].flatMap(({ groups }) => {
    const attributes = groups?.["attributes"] ?? "";
    const body = groups?.["body"] ?? "";
    const isData = /type="application\/(?:ld\+)?json"/.test(attributes);
    if (/\ssrc=/.test(attributes) || isData || body === "") return [];
    return [`sha256-${createHash("sha256").update(body).digest("base64")}`];
  });
}

/** Writes csp.json beside index.html: the server allows exactly these inline blocks. */
export function contentSecurity(): Plugin {
  return {
    name: "jackdaw-content-security",
    apply: "build",
    writeBundle: async ({ dir = "dist" }) => {
      const html = await readFile(join(dir, "index.html"), "utf8");
      const hashes = { scriptHashes: inlineHashes(html, "script"), styleHashes: inlineHashes(html, "style") };
      await writeFile(join(dir, "csp.json"), `${JSON.stringify(hashes, null, 2)}\n`);
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < SMALLEST) return;
  const brotli = promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const zipped = promisify(gzip)(bytes, { level: 9 });
  await Promise.all([writeFile(`${path}.br`, await brotli), writeFile(`${path}.gz`, await zipped)]);
}

export function precompression(): Plugin {
  return {
    name: "jackdaw-precompression",
    apply: "build",
    enforce: "post",
    closeBundle: {
      sequential: true,
      order: "post",
      handler: async () => {
        const entries = await readdir("dist", { recursive: true, withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name));
        await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
      },
    },
  };
}
