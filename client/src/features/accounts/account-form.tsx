import { useState, type FormEvent, type ReactNode } from "react";
import { failureOf } from "@/api/failure";
import type { Problem } from "@/api/problem";
import { Button } from "@/ui/button";
import { ErrorSummary, type SummaryEntry } from "@/ui/error-summary";
import { checkForm, serverErrors, summaryOf, type FieldErrors, type Rule } from "./form-problems";
import { pageWords } from "@/lib/words/words";

type AccountFormProps = {
  rules: Rule[];
  submitLabel: string;
  isBusy: boolean;
  /** Resolves with the refusal, or with nothing when it worked. */
  onSubmit: (values: FormData) => Promise<unknown>;
  children: (errors: FieldErrors) => ReactNode;
};

/** Validates on submit, then on every change of a field that was wrong; the summary takes the focus. */
export function AccountForm({ rules, submitLabel, isBusy, onSubmit, children }: AccountFormProps) {
  const [errors, setErrors] = useState<FieldErrors>({});
  // What was wrong at the last attempt: it must not jump while a field is being corrected.
  const [summary, setSummary] = useState<SummaryEntry[]>([]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const values = new FormData(event.currentTarget);
    const found = checkForm(rules, values);
    let refusal: Problem | undefined;
    if (Object.keys(found).length === 0) {
      const error = await onSubmit(values);
      refusal = error === undefined ? undefined : failureOf(error);
      const names = rules.map((rule) => rule.name);
      Object.assign(found, serverErrors(refusal, names));
    }
    setErrors(found);
    setSummary(summaryOf(found, refusal));
  };

  const recheck = (event: FormEvent<HTMLFormElement>) => {
    const { name } = event.target as HTMLInputElement;
    if (errors[name] === undefined) return;
    const rest = checkForm(rules, new FormData(event.currentTarget));
    setErrors((before) => ({ ...before, [name]: rest[name] }));
  };

  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      onInput={recheck}
      className="grid max-w-md gap-6"
    >
      <ErrorSummary title={pageWords.accounts.problem} entries={summary} />
      {children(errors)}
      <Button type="submit" isBusy={isBusy} isWide>
        {submitLabel}
      </Button>
    </form>
  );
}
