import { useId, type InputHTMLAttributes } from "react";

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, "className" | "id"> & {
  label: string;
  name: string;
  hint?: string;
  problem?: string | undefined;
};

export function fieldId(name: string): string {
  return `field-${name}`;
}

/** Label above, hint below it, the problem next to the input and tied to it. */
export function Field({ label, name, hint, problem, ...rest }: FieldProps) {
  const noteId = useId();
  const id = fieldId(name);
  const described = [hint && `${noteId}-hint`, problem && `${noteId}-problem`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${noteId}-hint`} className="text-14 text-ink-2">
          {hint}
        </p>
      )}
      <input
        {...rest}
        id={id}
        name={name}
        className="field"
        aria-invalid={problem !== undefined}
        {...(described !== "" && { "aria-describedby": described })}
      />
      {problem !== undefined && (
        <p id={`${noteId}-problem`} className="text-14 font-semibold text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
