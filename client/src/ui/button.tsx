import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "./link";

type Look = "primary" | "plain" | "quiet";

const LOOKS: Record<Look, string> = {
  primary: "bg-action text-on-action hover:bg-action-hover",
  plain: "border border-line-strong hover:border-ink hover:bg-wash",
  quiet: "hover:bg-wash",
};

/** One set of classes for buttons and for links that look like one. */
function buttonClasses(look: Look, isWide: boolean): string {
  const shape =
    "button inline-flex min-h-11 items-center justify-center gap-2 rounded-full px-5 py-2 text-16 font-semibold";
  return `${shape} ${LOOKS[look]} ${isWide ? "w-full" : ""}`;
}

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "disabled"> & {
  look?: Look;
  isWide?: boolean;
  /** Work under way: the button keeps its size and says so; a second press does nothing. */
  isBusy?: boolean;
};

export function Button({
  look = "primary",
  isWide = false,
  isBusy = false,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy || undefined}
      className={buttonClasses(look, isWide)}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    >
      {children}
    </button>
  );
}

export function ButtonLink({
  to,
  look = "primary",
  isWide = false,
  children,
}: {
  to: string;
  look?: Look;
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    <Link to={to} className={buttonClasses(look, isWide)}>
      {children}
    </Link>
  );
}

/** A square target with an icon; the label is its accessible name and its tooltip. */
export function IconButton({
  label,
  children,
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> & {
  label: string;
}) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className="button inline-grid size-11 shrink-0 place-items-center rounded-full hover:bg-wash"
    >
      {children}
    </button>
  );
}
