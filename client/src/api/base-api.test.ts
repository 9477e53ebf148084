import { expect, it } from "vitest";
import { serializeParams } from "./base-api";
import { problemOf, toProblem } from "./problem";

it("repeats the key of a list and leaves out what is unset", () => {
  expect(
    serializeParams({ brand: ["a", "b & c"], q: undefined, limit: 24, inStock: true, cursor: null }),
  ).toBe("brand=a&brand=b+%26+c&limit=24&inStock=true");
});

it("reads a problem with its request id and its fields", () => {
  const body = {
    title: "Not accepted",
    detail: "See the fields.",
    code: "validation",
    requestId: "r-1",
    errors: [{ pointer: "/email", code: "taken", detail: "There is an account with this email" }],
  };
  const problem = toProblem(422, body, new Headers({ "Retry-After": "60" }));
  expect(problem).toMatchObject({ status: 422, code: "validation", requestId: "r-1", retryAfterS: 60 });
  expect(problemOf(problem, "email")).toBe("There is an account with this email");
  expect(problemOf(problem, "password")).toBeUndefined();
});

it("finds the request id in the header when the body is no problem", () => {
  expect(toProblem(502, "<html>", new Headers({ "X-Request-Id": "edge-7" }))).toMatchObject({
    status: 502,
    requestId: "edge-7",
    retryAfterS: null,
  });
});

it("calls a request that never arrived offline", () => {
  expect(toProblem("FETCH_ERROR", undefined, undefined).code).toBe("offline");
});
