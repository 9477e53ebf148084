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

const OFFLINE: Problem = {
  status: 0,
  code: "offline",
  title: "No connection",
  detail: "The shop could not be reached. Check the connection and try again.",
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
    detail: text(entry["detail"], "This value was not accepted."),
  }));
}

function secondsOf(retryAfter: string | null | undefined): number | null {
  const seconds = Number(retryAfter);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

export function toProblem(status: number | string, body: unknown, headers: Headers | undefined): Problem {
  if (typeof status !== "number") {
    return status === "PARSING_ERROR"
      ? { ...OFFLINE, code: "unreadable", title: "Unreadable answer" }
      : OFFLINE;
  }
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  return {
    status,
    code: text(fields["code"], `http_${status}`),
    title: text(fields["title"], "Something went wrong"),
    detail: text(fields["detail"], "The shop could not answer this request."),
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
  return problem?.errors.find((entry) => entry.pointer.split("/").at(-1) === field)?.detail;
}
