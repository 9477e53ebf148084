type Said = { readonly title: string; readonly detail: string };

/** What the browser itself has to say. */
export const failures = {
  unknown: { title: "Something went wrong", detail: "The shop could not answer this request." },
  offline: {
    title: "No connection",
    detail: "The shop could not be reached. Check the connection and try again.",
  },
  unreadable: {
    title: "Unreadable answer",
    detail: "The shop could not be reached. Check the connection and try again.",
  },
} as const;
export const fieldRefused = "This value was not accepted.";

/** What the server says, by its stable code. Here it is English already, and says more than a code could. */
export const problems: Readonly<Record<string, Said>> = {};
/** What is wrong with a field, by its code. */
export const fieldProblems: Readonly<Record<string, string>> = {};
