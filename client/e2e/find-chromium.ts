import { execFileSync } from "node:child_process";

/** The browser that is named, or the first that is installed. */
export function findChromium(): string | undefined {
  const named = process.env["JACKDAW_CHROMIUM"];
  if (named !== undefined) return named;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // The next name may be there.
    }
  }
  return undefined;
}
