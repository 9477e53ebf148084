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

/**
 * Components that nothing uses stay in the bundle where they are wrapped by an unmarked call, or named for the developer
 * tools: an assignment counts as a use. Without both, the router's own links and forms fall away, and with them what
 * they bring along of its framework mode. Its warnings to developers do as well.
 */
export function withDroppableComponents(source: string): string {
  return source
    .replaceAll(/^[A-Za-z$_]+\.displayName = "[^"]*";$/gm, "")
    .replaceAll(/^(const \w+ = )(?=React\$1\.(?:forwardRef|memo|createContext)\()/gm, "$1/* @__PURE__ */ ")
    .replaceAll(/^(\s+)(?=warning\()/gm, "$1/* @__PURE__ */ ");
}

export function leanRouter(): Plugin {
  return {
    name: "jackdaw-lean-router",
    apply: "build",
    transform: {
      filter: { id: /\/node_modules\/react-router\/.*\.js$/ },
      handler: (code) => ({ code: withDroppableComponents(code), map: null }),
    },
  };
}

/** Lets the browser ask for the whole first load at once: the entry alone would name its imports only when it is there. */
export function preloadedEntry(): Plugin {
  return {
    name: "jackdaw-preloaded-entry",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (_, { chunk }) =>
        (chunk?.imports ?? []).map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head",
        })),
    },
  };
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
