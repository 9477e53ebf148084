import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import {
  codeAfterPaint,
  contentSecurity,
  frames,
  inlinedStyles,
  leanRouter,
  precompression,
} from "./scripts/build-plugins.ts";

const backend = `http://127.0.0.1:${process.env["JACKDAW_PORT"] ?? "8000"}`;

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    leanRouter(),
    codeAfterPaint(),
    inlinedStyles(),
    contentSecurity(),
    frames(),
    precompression(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    target: "es2023",
    // Inlined files would need data: in the content security policy.
    assetsInlineLimit: 0,
    // The page names what it needs; the helper that would do it for later pages outweighs what it saves.
    modulePreload: false,
    manifest: true,
    rolldownOptions: {
      output: {
        // One file for what changes only with its versions: it packs better and stays cached over releases.
        codeSplitting: {
          groups: [
            {
              name: "vendor",
              priority: 2,
              test: /node_modules\/(?:react|scheduler|redux|immer|reselect|@reduxjs|use-sync)/,
            },
            // What most pages share comes in one piece: a request for each little part costs more than the parts.
            { name: "shop", test: /\/client\/src\//, minShareCount: 5, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: Number(process.env["JACKDAW_CLIENT_PORT"] ?? "5173"),
    proxy: { "/api": { target: backend, ws: true }, "/drawings": backend, "/media": backend },
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
