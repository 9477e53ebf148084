import { expect, it } from "vitest";
import { codeAfterPaint, inlineHashes, pageFiles, withDroppableComponents } from "./build-plugins.ts";
import { findingsOf } from "./check-house.ts";
import { closure } from "./check-sizes.ts";

it("finds colours outside the token file and nowhere else", () => {
  expect(findingsOf("src/ui/a.css", "a { color: #fff; }")).toHaveLength(1);
  expect(findingsOf("src/ui/a.tsx", 'const c = "oklch(0.5 0 0)";')).toHaveLength(1);
  expect(findingsOf("src/styles/tokens.css", "a { color: #fff; }")).toEqual([]);
  expect(findingsOf("src/ui/a.tsx", '<a href="#main">{`#${id}`}</a>')).toEqual([]);
});

it("finds sides of the screen in styles, classes and inline styles", () => {
  expect(findingsOf("src/styles/a.css", "a {\n  left: 0;\n}")).toHaveLength(1);
  expect(findingsOf("src/styles/a.css", "a { margin-left: 0; }")).toHaveLength(1);
  expect(findingsOf("src/styles/a.css", "a { text-align: right; }")).toHaveLength(1);
  expect(findingsOf("src/styles/a.css", "a { inset-inline-start: 0; text-align: start; }")).toEqual([]);
  expect(findingsOf("src/ui/a.tsx", '<i className="mt-2 ml-4" />')).toHaveLength(1);
  expect(findingsOf("src/ui/a.tsx", '<i className="absolute right-0" />')).toHaveLength(1);
  expect(findingsOf("src/ui/a.tsx", "<i style={{ marginLeft: 2 }} />")).toHaveLength(1);
  expect(findingsOf("src/ui/a.tsx", '<i className="ms-4 end-0 pe-2 border-line" />')).toEqual([]);
});

it("finds barrels and names in another case", () => {
  expect(findingsOf("src/ui/index.ts", "export {};")).toHaveLength(1);
  expect(findingsOf("src/ui/a.ts", 'export * from "./b";')).toHaveLength(1);
  expect(findingsOf("src/ui/ProductCard.tsx", "export {};")).toHaveLength(1);
});

it("finds relative imports that leave their zone or their feature", () => {
  expect(findingsOf("src/features/cart/a.ts", 'import { b } from "../favorites/b";')).toHaveLength(1);
  expect(findingsOf("src/ui/a.ts", 'const b = import("../features/cart/b");')).toHaveLength(1);
  expect(findingsOf("src/features/catalog/listing/a.ts", 'import { b } from "../product/b";')).toEqual([]);
});

it("finds links that come from the router", () => {
  expect(findingsOf("src/ui/a.tsx", 'import { Link, useHref } from "react-router";')).toHaveLength(1);
  expect(findingsOf("src/ui/a.tsx", 'import { useLinkClickHandler } from "react-router";')).toEqual([]);
});

it("lets unused components of the router go, and its warnings, and nothing else", () => {
  const source = [
    "const Link = React$1.forwardRef(render);",
    'Link.displayName = "Link";',
    "function go() {",
    '\twarning(isFine, "text");',
    '\tinvariant(isFine, "text");',
    "}",
  ].join("\n");
  expect(withDroppableComponents(source).split("\n")).toEqual([
    "const Link = /* @__PURE__ */ React$1.forwardRef(render);",
    "",
    "function go() {",
    '\t/* @__PURE__ */ warning(isFine, "text");',
    '\tinvariant(isFine, "text");',
    "}",
  ]);
});

it("hashes what a browser would run inline, and not data or files", () => {
  const html = '<script>a()</script><script src="/b.js"></script><script type="application/json">{}</script>';
  expect(inlineHashes(html, "script")).toEqual(["sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4="]);
});

it("follows imports once, also in a circle", () => {
  const manifest = {
    a: { file: "a.js", imports: ["b"] },
    b: { file: "b.js", imports: ["a"] },
    c: { file: "c.js" },
  };
  expect([...closure(manifest, "a")]).toEqual(["a", "b"]);
});

it("lists the files of a page that the entry does not bring", () => {
  const manifest = {
    "index.html": { file: "assets/i.js", imports: ["v"] },
    "src/app/pages/home-page.tsx": { file: "assets/h.js", imports: ["index.html", "c"] },
    v: { file: "assets/v.js" },
    c: { file: "assets/c.js", imports: ["v"] },
  };
  expect(pageFiles(manifest, "home-page")).toEqual(["/assets/h.js", "/assets/c.js"]);
});

it("names the code of the first load without asking for it, and starts it after the paint", () => {
  const { transformIndexHtml } = codeAfterPaint() as unknown as {
    transformIndexHtml: { handler: (html: string, page: object) => string };
  };
  const page = '<head><script type="module" crossorigin src="/assets/a.js"></script></head><body>\n  </body>';
  const html = transformIndexHtml.handler(page, { chunk: { imports: ["assets/b.js"] } });
  expect(html.match(/<link rel="code" crossorigin href="[^"]*">/g)).toEqual([
    '<link rel="code" crossorigin href="/assets/a.js">',
    '<link rel="code" crossorigin href="/assets/b.js">',
  ]);
  expect(html).not.toContain('type="module"');
  expect(html).toMatch(
    /<script>.*requestAnimationFrame.*import\("\/assets\/a\.js"\).*<\/script>\n {2}<\/body>/,
  );
  expect(() => transformIndexHtml.handler("<body></body>", {})).toThrow("names no entry");
});
