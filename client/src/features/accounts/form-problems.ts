import { problemOf, type Problem } from "@/api/problem";
import type { SummaryEntry } from "@/ui/error-summary";
import { sayCount } from "@/lib/words/say";
import { pageWords } from "@/lib/words/words";

/** What the browser can tell before the server is asked. The server checks again. */
export type Rule = { name: string; check: (value: string) => string | undefined };
export type FieldErrors = Record<string, string | undefined>;

export function checkForm(rules: Rule[], values: FormData): FieldErrors {
  const errors: FieldErrors = {};
  for (const { name, check } of rules) {
    const value = values.get(name);
    const message = check(typeof value === "string" ? value : "");
    if (message !== undefined) errors[name] = message;
  }
  return errors;
}

/** The server's refusal, sorted to the fields it names. */
export function serverErrors(problem: Problem | undefined, names: string[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const name of names) {
    const message = problemOf(problem, name);
    if (message !== undefined) errors[name] = message;
  }
  return errors;
}

/** The same words as beside the fields; a refusal without a field stands alone. */
export function summaryOf(errors: FieldErrors, problem: Problem | undefined): SummaryEntry[] {
  const entries: SummaryEntry[] = Object.entries(errors).flatMap(([field, text]) =>
    text === undefined ? [] : [{ field, text }],
  );
  if (entries.length === 0 && problem !== undefined)
    entries.push({ field: null, text: refusalText(problem) });
  return entries;
}

function refusalText(problem: Problem): string {
  if (problem.status === 429 && problem.retryAfterS !== null) {
    return sayCount(pageWords.accounts.tooMany, Math.ceil(problem.retryAfterS / 60));
  }
  return problem.detail;
}

export const RULES = {
  email: {
    name: "email",
    check: (value) => (/^\S+@\S+\.\S+$/.test(value.trim()) ? undefined : pageWords.accounts.noEmail),
  },
  newPassword: {
    name: "password",
    check: (value) => (value.length >= 10 ? undefined : pageWords.accounts.shortPassword),
  },
  password: {
    name: "password",
    check: (value) => (value === "" ? pageWords.accounts.noPassword : undefined),
  },
  displayName: {
    name: "displayName",
    check: (value) => (value.trim() === "" ? pageWords.accounts.noName : undefined),
  },
} as const satisfies Record<string, Rule>;
