import { useSyncExternalStore } from "react";

/** The latest searches of this browser. They stay on the device and never reach the shop. */
const STORAGE_KEY = "jackdaw-recent-searches";
const KEPT = 6;
const LONGEST = 200;
const listeners = new Set<() => void>();
const NONE: string[] = [];

let stored: string | null = null;
let known: string[] = NONE;

function parse(text: string | null): string[] {
  if (text === null) return NONE;
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return NONE;
    return parsed
      .filter((entry): entry is string => typeof entry === "string" && entry !== "")
      .slice(0, KEPT);
  } catch {
    return NONE;
  }
}

/** The same array as long as nothing changed. */
export function readRecents(): string[] {
  let text: string | null = null;
  try {
    text = localStorage.getItem(STORAGE_KEY);
  } catch {
    // A browser that stores nothing has no recent searches.
  }
  if (text !== stored) {
    stored = text;
    known = parse(text);
  }
  return known;
}

function write(recents: string[]): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(recents));
  } catch {
    // A browser that stores nothing forgets at once.
  }
  for (const listener of listeners) listener();
}

export function rememberSearch(typed: string): void {
  const query = typed.trim().slice(0, LONGEST);
  if (query === "") return;
  const others = readRecents().filter((other) => other.toLowerCase() !== query.toLowerCase());
  write([query, ...others].slice(0, KEPT));
}

export function forgetSearch(query: string): void {
  write(readRecents().filter((other) => other !== query));
}

export function forgetSearches(): void {
  write(NONE);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  globalThis.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener("storage", listener);
  };
}

export function useRecents(): string[] {
  return useSyncExternalStore(subscribe, readRecents);
}
