import { useId, type ReactNode } from "react";

/** One part of the kit with all its states. */
export function Specimen({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-4 border-t border-line pt-5">
      <h2 id={id} className="text-22">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** States beside each other, each with its name. */
export function States({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-start gap-x-8 gap-y-6">{children}</div>;
}

export function State({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <span className="font-mono text-12 text-ink-2">{name}</span>
      {children}
    </div>
  );
}
