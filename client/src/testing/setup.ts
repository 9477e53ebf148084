import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";
import { loadPageWords, loadWords } from "@/lib/words/words";

// Tests read the English texts, unless they ask for others.
await Promise.all([loadWords("en"), loadPageWords("en")]);

beforeEach(() => {
  // A request that no test has answered is a fault of the test.
  vi.stubGlobal("fetch", (input: RequestInfo | URL) => {
    throw new Error(`No answer was prepared for ${input instanceof Request ? input.url : String(input)}.`);
  });
});

afterEach(cleanup);
