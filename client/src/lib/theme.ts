import { useSyncExternalStore } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The inline starter of index.html reads the same key before the first paint. */
const STORAGE_KEY = "jackdaw-theme";
const listeners = new Set<() => void>();

function isTheme(value: string | null): value is Theme {
  return THEMES.some((theme) => theme === value);
}

function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return isTheme(stored) ? stored : "system";
  } catch {
    return "system";
  }
}

function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  for (const listener of listeners) listener();
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // A browser that stores nothing keeps the choice until the page is closed.
  }
  applyTheme(theme);
}

/** Another tab of the shop chose a theme. */
function onStorage(event: StorageEvent): void {
  if (event.key === STORAGE_KEY) applyTheme(readTheme());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  globalThis.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener("storage", onStorage);
  };
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme, () => "system");
}
