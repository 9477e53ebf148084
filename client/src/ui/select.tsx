import { useId } from "react";

type Option = { value: string; label: string };
type SelectProps = {
  label: string;
  options: Option[];
  value: string;
  hint?: string;
  onChange: (value: string) => void;
};

/** The platform's own list: it opens well on every device. */
export function Select({ label, options, value, hint, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-14 text-ink-2">
          {hint}
        </p>
      )}
      <select
        id={id}
        className="field"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        {...(hint !== undefined && { "aria-describedby": `${id}-hint` })}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
