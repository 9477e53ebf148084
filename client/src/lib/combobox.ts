/** The keys of a text field with a list of suggestions: the ARIA pattern "list autocomplete, manual selection". */
export type ListState = { isOpen: boolean; active: number; count: number };

/** The text field itself: no option is meant. */
export const FIELD = -1;

export type Step =
  { kind: "move"; active: number } | { kind: "choose" } | { kind: "remove" } | { kind: "close" };

function moved(active: number, by: 1 | -1, count: number): number {
  const places = count + 1;
  return ((active + 1 + by + places) % places) - 1;
}

const ON_AN_OPTION: Readonly<Record<string, Step>> = {
  Enter: { kind: "choose" },
  Delete: { kind: "remove" },
};

/** What a key means in this state; null leaves it to the text field. */
export function stepOf(key: string, { isOpen, active, count }: ListState): Step | null {
  if (key === "ArrowDown" || key === "ArrowUp") {
    const from = isOpen ? active : FIELD;
    return count === 0 ? null : { kind: "move", active: moved(from, key === "ArrowDown" ? 1 : -1, count) };
  }
  if (!isOpen) return null;
  if (key === "Escape") return { kind: "close" };
  return active === FIELD ? null : (ON_AN_OPTION[key] ?? null);
}

/** Keys pressed while an input method composes a word belong to the input method. */
export function isComposing(event: { isComposing: boolean; key: string }): boolean {
  return event.isComposing || event.key === "Process";
}
