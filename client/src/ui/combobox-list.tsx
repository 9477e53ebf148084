import { useEffect, useRef, type ReactNode } from "react";

export type ComboboxOption = { id: string; content: ReactNode };
export type ComboboxGroup = { title: string; options: ComboboxOption[] };

type ComboboxListProps = {
  id: string;
  label: string;
  groups: ComboboxGroup[];
  activeId: string | undefined;
  onPoint: (optionId: string) => void;
  onChoose: (optionId: string) => void;
};

/** The list under a combobox. The focus stays in the text field, which names the active option. */
export function ComboboxList({ id, label, groups, activeId, onPoint, onChoose }: ComboboxListProps) {
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);

  // The keyboard works through the text field; these are the ways of the pointer only.
  useEffect(() => {
    const box = list.current;
    const optionAt = (event: Event) =>
      event.target instanceof Element ? event.target.closest('[role="option"]')?.id : undefined;
    const keepFocus = (event: Event) => event.preventDefault();
    const point = (event: Event) => {
      const option = optionAt(event);
      if (option !== undefined) onPoint(option);
    };
    const choose = (event: Event) => {
      const option = optionAt(event);
      if (option !== undefined) onChoose(option);
    };
    box?.addEventListener("pointerdown", keepFocus);
    box?.addEventListener("mousedown", keepFocus);
    box?.addEventListener("pointermove", point);
    box?.addEventListener("click", choose);
    return () => {
      box?.removeEventListener("pointerdown", keepFocus);
      box?.removeEventListener("mousedown", keepFocus);
      box?.removeEventListener("pointermove", point);
      box?.removeEventListener("click", choose);
    };
  }, [onPoint, onChoose]);

  return (
    <div ref={list} id={id} role="listbox" aria-label={label}>
      {groups.map((group, index) => (
        <div key={group.title} role="group" aria-labelledby={`${id}-group-${String(index)}`} className="py-1">
          <p
            id={`${id}-group-${String(index)}`}
            role="presentation"
            className="px-4 pt-2 pb-1 text-14 text-ink-2"
          >
            {group.title}
          </p>
          {group.options.map((option) => (
            <div
              key={option.id}
              id={option.id}
              role="option"
              aria-selected={option.id === activeId}
              tabIndex={-1}
              className="choice-row"
            >
              {option.content}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
