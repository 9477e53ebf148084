import { problemOf, type Problem } from "@/api/problem";
import type { SummaryEntry } from "@/ui/error-summary";

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
    return `Too many attempts. Try again in ${String(Math.ceil(problem.retryAfterS / 60))} minutes.`;
  }
  return problem.detail;
}

export const RULES = {
  email: {
    name: "email",
    check: (value) =>
      /^\S+@\S+\.\S+$/.test(value.trim()) ? undefined : "Enter an email address, like name@example.com",
  },
  newPassword: {
    name: "password",
    check: (value) => (value.length >= 10 ? undefined : "Choose a password of at least 10 characters"),
  },
  password: { name: "password", check: (value) => (value === "" ? "Enter your password" : undefined) },
  displayName: {
    name: "displayName",
    check: (value) => (value.trim() === "" ? "Enter the name that we should use" : undefined),
  },
} as const satisfies Record<string, Rule>;
