import { words } from "@/lib/words/words";

/** What went wrong, in the shape of RFC 9457 and with what a person needs to report it. */
export type FieldProblem = { pointer: string; code: string; detail: string };
export type Problem = {
  status: number;
  code: string;
  title: string;
  detail: string;
  requestId: string | null;
  retryAfterS: number | null;
  errors: FieldProblem[];
};

/** Its words are those of the shopper's language, by its code. */
const OFFLINE: Problem = {
  status: 0,
  code: "offline",
  title: "",
  detail: "",
  requestId: null,
  retryAfterS: null,
  errors: [],
};

function text(value: unknown, fallback: string): string {
  return typeof value === "string" && value !== "" ? value : fallback;
}

function fieldProblems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.map((entry: Record<string, unknown>) => ({
    pointer: text(entry["pointer"], ""),
    code: text(entry["code"], "invalid"),
    detail: text(entry["detail"], words.fieldRefused),
  }));
}

function secondsOf(retryAfter: string | null | undefined): number | null {
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

export function toProblem(status: number | string, body: unknown, headers: Headers | undefined): Problem {
  if (typeof status !== "number") {
    return status === "PARSING_ERROR" ? { ...OFFLINE, code: "unreadable" } : OFFLINE;
  }
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  return {
    status,
    code: text(fields["code"], `http_${status}`),
    title: text(fields["title"], words.failures.unknown.title),
    detail: text(fields["detail"], words.failures.unknown.detail),
    requestId:
      typeof fields["requestId"] === "string" ? fields["requestId"] : (headers?.get("x-request-id") ?? null),
    retryAfterS: secondsOf(headers?.get("retry-after")),
    errors: fieldProblems(fields["errors"]),
  };
}

export function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && "requestId" in error && "code" in error;
}

/** The messages for one field, found by the last part of its JSON pointer ("/email", "#/email"). */
export function problemOf(problem: Problem | undefined, field: string): string | undefined {
  const found = problem?.errors.find((entry) => entry.pointer.split("/").at(-1) === field);
  return found && (words.fieldProblems[found.code] ?? found.detail);
}
