/** What the build adds to Vite's: hashes for the content security policy, and compressed copies of every text file. */
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { build, type Plugin } from "vite";

/** Read by the server only. */
const UNSERVED = new Set(["index.html", "csp.json", "frames.json", "manifest.json"]);
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

/** The relation of links to code that is asked for after the first paint; the server writes those of each page. */
const CODE = "code";

/**
 * Asks for the code and starts the shop once the frame has been painted: until then the line belongs to the frame's
 * pictures and fonts, and scripts that are there at once would run before the paint. A page in the background is not
 * painted at all, and starts after a moment.
 */
export function starter(entry: string): string {
  return [
    "(function(start){setTimeout(start,100);requestAnimationFrame(function(){setTimeout(start)})})(function(){",
    `document.querySelectorAll('link[rel="${CODE}"]').forEach(function(link){link.rel="modulepreload"});`,
    `import("${entry}")})`,
  ].join("");
}

/** Names the code of the whole first load: the entry alone would name its imports only when it is there. */
export function codeAfterPaint(): Plugin {
  return {
    name: "jackdaw-code-after-paint",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { chunk }) => {
        const [tag, entry] = /<script type="module"[^>]* src="([^"]+)"><\/script>/.exec(html) ?? [];
        if (tag === undefined || entry === undefined) throw new Error("index.html names no entry.");
        const files = [entry, ...(chunk?.imports ?? []).map((file) => `/${file}`)];
        const links = files.map((href) => `<link rel="${CODE}" crossorigin href="${href}">`);
        const start = `<script>${starter(entry)}</script>\n  </body>`;
        return html.replace(tag, links.join("\n    ")).replace("</body>", () => start);
      },
    },
  };
}

type ManifestChunk = { file: string; imports?: string[] };

/** The files that a page needs beside what the entry brings. */
export function pageFiles(manifest: Record<string, ManifestChunk>, page: string): string[] {
  const closure = (key: string, seen: Set<string>): Set<string> => {
    if (seen.has(key)) return seen;
    seen.add(key);
    for (const imported of manifest[key]?.imports ?? []) closure(imported, seen);
    return seen;
  };
  const known = closure("index.html", new Set());
  const own = [...closure(`src/app/pages/${page}.tsx`, new Set())].filter((key) => !known.has(key));
  return own.flatMap((key) => (manifest[key] === undefined ? [] : `/${manifest[key].file}`));
}

type Frame = { path: string; file: string | undefined; html: string };
type FramedLanguage = {
  code: string;
  direction: string;
  isOffered: boolean;
  words: object;
  picture: string;
  frames: Frame[];
};

/** The texts of a language: without them nothing is drawn, so they are announced with every page. */
export function catalogueFiles(manifest: Record<string, ManifestChunk>, code: string): string[] {
  const own = manifest[`src/lib/words/${code}.ts`];
  const needed =
    own === undefined ? ["src/lib/words/en.ts", "src/lib/words/pseudo.ts"] : [`src/lib/words/${code}.ts`];
  return needed.flatMap((key) => (manifest[key] === undefined ? [] : `/${manifest[key].file}`));
}

/**
 * Writes frames.json: how every route looks without data in every language, and which files it needs, for the server to
 * send at once.
 */
export function frames(): Plugin {
  return {
    name: "jackdaw-frames",
    apply: "build",
    writeBundle: async ({ dir = "dist" }) => {
      const root = join(import.meta.dirname, "..");
      const outDir = join(root, "node_modules/.jackdaw-frames");
      await build({
        root,
        configFile: false,
        logLevel: "error",
        plugins: [react()],
        resolve: { alias: { "@": join(root, "src") } },
        build: {
          ssr: "src/app/frames.tsx",
          outDir,
          emptyOutDir: true,
          target: "es2023",
          copyPublicDir: false,
        },
      });
      const { drawFrames } = (await import(`${outDir}/frames.js?at=${String(Date.now())}`)) as {
        drawFrames: () => Promise<FramedLanguage[]>;
      };
      const drawn = await drawFrames();
      const manifest = JSON.parse(await readFile(join(dir, ".vite/manifest.json"), "utf8")) as Record<
        string,
        ManifestChunk
      >;
      const framed = ({ path, file, html }: Frame) => {
        // Attributes of style are inline styles: the content security policy would refuse them.
        if (/\sstyle="/.test(html)) throw new Error(`The frame of ${path} has an inline style.`);
        return { path, preload: file === undefined ? [] : pageFiles(manifest, file), html };
      };
      const listed = drawn.map(({ code, direction, isOffered, words, picture, frames: own }) => {
        const preload = catalogueFiles(manifest, code);
        return { code, direction, isOffered, words, picture, preload, frames: own.map(framed) };
      });
      await writeFile(join(dir, "frames.json"), JSON.stringify(listed));
      await rm(outDir, { recursive: true });
    },
  };
}

/** Puts the styles into the page: the first paint waits for one request less. Their hash is allowed like the starter's. */
export function inlinedStyles(): Plugin {
  return {
    name: "jackdaw-inlined-styles",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle = {} }) =>
        html.replaceAll(/<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/g, (link, file: string) => {
          const asset = bundle[file];
          if (asset?.type !== "asset") return link;
          return `<style>${String(asset.source).trim()}</style>`;
        }),
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
        const files = entries.filter(
          (entry) => entry.isFile() && TEXT.test(entry.name) && !UNSERVED.has(entry.name),
        );
        await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
      },
    },
  };
}
