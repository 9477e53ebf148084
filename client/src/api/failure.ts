import { isProblem, type Problem } from "./problem";

const UNKNOWN: Problem = {
  status: 0,
  code: "unknown",
  title: "Something went wrong",
  detail: "The shop could not answer this request.",
  requestId: null,
  retryAfterS: null,
  errors: [],
};

/** The error of any query hook as a problem: RTK Query may also hand over a thrown error. */
export function failureOf(error: unknown): Problem {
  return isProblem(error) ? error : UNKNOWN;
}
