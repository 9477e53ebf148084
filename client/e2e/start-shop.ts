/** Starts the real shop on a free port with its own data folder, unless JACKDAW_E2E_URL names one that runs. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "node:net";

const repository = join(import.meta.dirname, "..", "..");
const START_WITHIN_MS = 120_000;
const STOP_WITHIN_MS = 30_000;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`);
    return response.ok;
  } catch {
    return false;
  }
}

async function untilReady(url: string, shop: ChildProcess, said: () => string): Promise<void> {
  const end = Date.now() + START_WITHIN_MS;
  while (Date.now() < end) {
    if (shop.exitCode !== null) throw new Error(`The shop ended at start:\n${said()}`);
    if (await isReady(url)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The shop was not ready within ${String(START_WITHIN_MS / 1000)} s:\n${said()}`);
}

function ended(shop: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (shop.exitCode !== null) {
      resolve();
      return;
    }
    const force = setTimeout(() => shop.kill("SIGKILL"), STOP_WITHIN_MS);
    shop.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    shop.kill("SIGTERM");
  });
}

export default async function startShop(): Promise<(() => Promise<void>) | undefined> {
  if (process.env["JACKDAW_E2E_URL"] !== undefined) return undefined;
  const venv = join(repository, ".venv", "bin", "python");
  const python = process.env["JACKDAW_PYTHON"] ?? (existsSync(venv) ? venv : "python3");
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), "jackdaw-e2e-"));
  const url = `http://127.0.0.1:${String(port)}`;
  let output = "";
  const shop = spawn(python, ["-m", "server"], {
    cwd: repository,
    env: {
      ...process.env,
      JACKDAW_PORT: String(port),
      JACKDAW_DATA_DIR: dataDir,
      JACKDAW_ENV: "development",
      JACKDAW_RATE_READS_PER_MINUTE: "60000",
      JACKDAW_RATE_EVENTS_PER_MINUTE: "60000",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-8000);
  };
  shop.stdout.on("data", keep);
  shop.stderr.on("data", keep);
  const stop = async () => {
    await ended(shop);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(url, shop, () => output);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env["JACKDAW_E2E_URL"] = url;
  return stop;
}
