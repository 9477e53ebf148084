import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/find-chromium.ts";

const executablePath = findChromium();
const isRequired = process.env["JACKDAW_REQUIRE_BROWSER"] === "1";
if (executablePath === undefined) {
  const message = "No chromium found: install the package chromium or name one in JACKDAW_CHROMIUM.";
  if (isRequired) throw new Error(message);
  console.warn(`${message} The browser flows are skipped.`);
}

export default defineConfig({
  testDir: "e2e",
  testMatch: executablePath === undefined ? [] : "*.e2e.ts",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  globalSetup: executablePath === undefined ? [] : "./e2e/start-shop.ts",
  workers: 2,
  fullyParallel: true,
  timeout: 30_000,
  expect: { timeout: 7000 },
  forbidOnly: isRequired,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    // Set by start-shop.ts, which runs before the workers read this file.
    baseURL: process.env["JACKDAW_E2E_URL"] ?? "http://127.0.0.1:8000",
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
    viewport: { width: 1280, height: 900 },
    screenshot: "only-on-failure",
    // A trace is taken of every flow, also of those that hold, and costs each a fifth of its time.
    trace: process.env["JACKDAW_TRACE"] === "1" ? "retain-on-failure" : "off",
  },
});
