/**
 * Writes that found no connection, kept until they are sent: across reloads, and for all tabs together. Every write has
 * an entry of its own, so that two tabs never overwrite each other's list.
 */
export type Kept<Write> = { id: string; write: Write };

const PREFIX = "jackdaw-outbox:";
const listeners = new Set<() => void>();
let written = 0;

function keys(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .toSorted();
  } catch {
    return [];
  }
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** False where nothing can be stored: then the write must be taken back. */
export function keepWrite(write: unknown): boolean {
  // Keys sort by time; within a millisecond the order is the counter's.
  const at = `${String(Date.now()).padStart(15, "0")}-${String(written++).padStart(6, "0")}`;
  try {
    localStorage.setItem(PREFIX + at, JSON.stringify({ id: crypto.randomUUID(), write }));
  } catch {
    return false;
  }
  tell();
  return true;
}

function readKept<Write>(key: string): Kept<Write> | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Kept<Write> | null;
    return kept !== null && typeof kept.id === "string" && kept.write !== undefined ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function countKept(): number {
  return keys().length;
}

/** What became of a write: it is done (or refused for good), or it must be tried again later. */
export type Outcome = "settled" | "later";

/** Hands over the kept writes in their order, one tab at a time, until there are none or one must wait. */
export async function sendKept<Write>(send: (kept: Kept<Write>) => Promise<Outcome>): Promise<void> {
  await navigator.locks.request("jackdaw-outbox", async () => {
    for (const key of keys()) {
      const kept = readKept<Write>(key);
      if (kept !== undefined && (await send(kept)) === "later") return;
      localStorage.removeItem(key);
      tell();
    }
  });
}

/** Another person is at this browser: what was kept was not theirs. */
export function dropKept(): void {
  for (const key of keys()) localStorage.removeItem(key);
  tell();
}

function onStorage(event: StorageEvent): void {
  if (event.key === null || event.key.startsWith(PREFIX)) tell();
}

export function subscribeToKept(listener: () => void): () => void {
  if (listeners.size === 0) globalThis.addEventListener("storage", onStorage);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) globalThis.removeEventListener("storage", onStorage);
  };
}
