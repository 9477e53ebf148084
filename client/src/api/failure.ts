import { language } from "@/lib/language";
import { words } from "@/lib/words/words";
import { isProblem, type Problem } from "./problem";

/** A problem in the shopper's words; `lang` says that a text was left in the server's English. */
export type Failure = Problem & { lang?: "en" };

const UNKNOWN: Problem = {
  status: 0,
  code: "unknown",
  title: "",
  detail: "",
  requestId: null,
  retryAfterS: null,
  errors: [],
};

/** A refusal as a note at the foot of the page. */
export function refusal(error: unknown) {
  const { detail, lang } = failureOf(error);
  return { text: detail, tone: "problem" as const, ...(lang && { lang }) };
}

function saidOf(code: string): { title: string; detail: string } | undefined {
  const own: Readonly<Record<string, unknown>> = words.failures;
  return (own[code] ?? words.problems[code]) as { title: string; detail: string } | undefined;
}

/** The error of any query hook as a problem: RTK Query may also hand over a thrown error. */
export function failureOf(error: unknown): Failure {
  const problem = isProblem(error) ? error : UNKNOWN;
  const said = saidOf(problem.code);
  if (said !== undefined) return { ...problem, ...said };
  return language() === "en" ? problem : { ...problem, lang: "en" };
}
