import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { failureOf } from "@/api/failure";
import type { Problem } from "@/api/problem";
import { Button } from "@/ui/button";
import { ErrorSummary, type SummaryEntry } from "@/ui/error-summary";
import { checkForm, serverErrors, summaryOf, type FieldErrors, type Rule } from "./form-problems";

type AccountFormProps = {
  rules: Rule[];
  submitLabel: string;
  isBusy: boolean;
  /** Resolves with the refusal, or with nothing when it worked. */
  onSubmit: (values: FormData) => Promise<unknown>;
  children: (errors: FieldErrors, recheck: (name: string) => void) => ReactNode;
};

/** Validates on submit, then on every change of a field that was wrong; the summary takes the focus. */
export function AccountForm({ rules, submitLabel, isBusy, onSubmit, children }: AccountFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FieldErrors>({});
  // What was wrong at the last attempt: it must not jump while a field is being corrected.
  const [summary, setSummary] = useState<SummaryEntry[]>([]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || isBusy) return;
    const values = new FormData(form.current);
    const found = checkForm(rules, values);
    let refusal: Problem | undefined;
    if (Object.keys(found).length === 0) {
      const error = await onSubmit(values);
      refusal = error === undefined ? undefined : failureOf(error);
      Object.assign(
        found,
        serverErrors(
          refusal,
          rules.map((rule) => rule.name),
        ),
      );
    }
    setErrors(found);
    setSummary(summaryOf(found, refusal));
  };

  const recheck = (name: string) => {
    if (errors[name] === undefined || form.current === null) return;
    const rest = checkForm(rules, new FormData(form.current));
    setErrors((before) => ({ ...before, [name]: rest[name] }));
  };

  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="grid max-w-md gap-6">
      <ErrorSummary title="There is a problem" entries={summary} />
      {children(errors, recheck)}
      <Button type="submit" isBusy={isBusy} isWide>
        {submitLabel}
      </Button>
    </form>
  );
}
