import { vi } from "vitest";

/** The browser's locks, which the simulated one lacks: one holder at a time, the others wait in line. */
export function withLocks(): void {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, run: () => Promise<unknown>) => {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  };
  vi.stubGlobal(
    "navigator",
    new Proxy(navigator, {
      get: (real, name) => (name === "locks" ? { request } : (Reflect.get(real, name) as unknown)),
    }),
  );
}

function refuse(): never {
  throw new DOMException("full", "QuotaExceededError");
}

/** A browser that has no room left, or was told to store nothing. */
export function withFullStorage(): void {
  vi.stubGlobal("localStorage", { setItem: refuse });
}
