import { expect, it } from "vitest";
import type { Problem } from "@/api/problem";
import { checkForm, RULES, serverErrors, summaryOf } from "./form-problems";

function aProblem(changes: Partial<Problem>): Problem {
  return {
    status: 422,
    code: "validation",
    title: "Not accepted",
    detail: "Not accepted.",
    requestId: null,
    retryAfterS: null,
    errors: [],
    ...changes,
  };
}

function values(entries: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(entries)) form.set(name, value);
  return form;
}

it("accepts what the server would and names each field that is wrong", () => {
  const rules = [RULES.email, RULES.newPassword];
  expect(checkForm(rules, values({ email: " a@b.cd ", password: "0123456789" }))).toEqual({});
  expect(Object.keys(checkForm(rules, values({ email: "a@b", password: "012345678" })))).toEqual([
    "email",
    "password",
  ]);
});

it("sorts the server's refusal to its fields", () => {
  const problem = aProblem({ errors: [{ pointer: "/email", code: "taken", detail: "There is an account" }] });
  expect(serverErrors(problem, ["email", "password"])).toEqual({ email: "There is an account" });
});

it("shows a refusal without a field alone, and a wait in minutes", () => {
  expect(summaryOf({}, aProblem({ detail: "Email or password is wrong." }))).toEqual([
    { field: null, text: "Email or password is wrong." },
  ]);
  expect(summaryOf({}, aProblem({ status: 429, retryAfterS: 61 }))[0]?.text).toBe(
    "Too many attempts. Try again in 2 minutes.",
  );
});
