import { useEffect, useLayoutEffect, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { announcer } from "@/lib/announcer";
import { FIELD, stepOf, type Step } from "@/lib/combobox";
import { useFieldEvents } from "@/lib/use-field-events";
import { ComboboxList } from "@/ui/combobox-list";
import { RecentTools } from "./recent-tools";
import { forgetSearch, rememberSearch, useRecents } from "./recents";
import {
  recentGroups,
  spokenCount,
  suggestionGroups,
  type Choice,
  type ChoiceGroup,
} from "./suggestion-groups";
import { SuggestionRow } from "./suggestion-row";
import { useSuggestions } from "./use-suggestions";
import { words } from "@/lib/words/words";

const optionId = (index: number) => `search-option-${String(index)}`;

export type PopupState = { isOpen: boolean; activeId: string | undefined };

type SuggestPopupProps = {
  input: HTMLInputElement;
  /** A pointer asked for the list, maybe before this code was there. */
  isPressed: boolean;
  listId: string;
  /** The text field tells assistive technology what the list does. */
  onState: (state: PopupState) => void;
  /** A choice puts its words into the field. */
  onFilled: (text: string) => void;
};

/** What the list shows for the text in the field, and whether it shows at all. */
function useChoices() {
  const recents = useRecents();
  const [typed, setTyped] = useState("");
  const [isWanted, setIsWanted] = useState(false);
  const suggestions = useSuggestions(typed);
  const isRecent = typed.trim() === "";
  const groups = useMemo(
    () => (isRecent ? recentGroups(recents) : suggestionGroups(suggestions)),
    [isRecent, recents, suggestions],
  );
  useEffect(() => {
    if (isWanted && !isRecent) announcer.announce(spokenCount(groups));
  }, [isWanted, isRecent, groups]);
  return { recents, typed, setTyped, isWanted, setIsWanted, isRecent, groups };
}

function optionsOf(groups: ChoiceGroup[], typed: string) {
  let place = -1;
  return groups.map((group) => ({
    title: group.title,
    options: group.choices.map((choice) => {
      place += 1;
      return { id: optionId(place), content: <SuggestionRow choice={choice} typed={typed} /> };
    }),
  }));
}

/** Suggestions under the search field, which keeps the focus and hands over its keys. */
export function SuggestPopup({ input, isPressed, listId, onState, onFilled }: SuggestPopupProps) {
  const navigate = useNavigate();
  const { recents, typed, setTyped, isWanted, setIsWanted, isRecent, groups } = useChoices();
  const [active, setActive] = useState(FIELD);
  const choices = groups.flatMap((group) => group.choices);
  const isOpen = isWanted && choices.length > 0;
  const activeId = isOpen && choices[active] !== undefined ? optionId(active) : undefined;
  const indexOf = (id: string) => choices.findIndex((_, index) => optionId(index) === id);

  useLayoutEffect(() => onState({ isOpen, activeId }), [isOpen, activeId, onState]);

  const show = (place: number) => {
    setIsWanted(true);
    setActive(place);
  };
  const close = () => {
    setIsWanted(false);
    setActive(FIELD);
  };
  const choose = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    const isSearch = choice.kind === "query" || choice.kind === "recent";
    if (isSearch) rememberSearch(choice.text);
    const text = isSearch ? choice.text : "";
    onFilled(text);
    setTyped(text);
    close();
    void navigate(choice.to);
  };
  const take = (step: Step) => {
    if (step.kind === "move") show(step.active);
    if (step.kind === "close") close();
    if (step.kind === "choose") choose(choices[active]);
    if (step.kind === "remove") forgetSearch(choices[active]?.text ?? "");
  };

  useFieldEvents(input, {
    // The field may have been pressed and written to while this code was on its way.
    onReady: () => {
      const { value, defaultValue } = input;
      setTyped(value);
      if (value === "" ? isPressed : value !== defaultValue) show(FIELD);
    },
    onKey: (event) => {
      const step = stepOf(event.key, { isOpen, active, count: choices.length });
      if (step === null || (step.kind === "remove" && !isRecent)) return;
      event.preventDefault();
      take(step);
    },
    onTyped: () => {
      setTyped(input.value);
      show(FIELD);
    },
    onPress: () => {
      if (input.value.trim() === "") show(FIELD);
    },
    onLeave: close,
    onSubmit: close,
  });

  if (!isOpen) return null;
  return (
    <div className="popup">
      <ComboboxList
        id={listId}
        label={words.search.suggestions}
        groups={optionsOf(groups, typed)}
        activeId={activeId}
        onPoint={(id) => setActive(indexOf(id))}
        onChoose={(id) => choose(choices[indexOf(id)])}
      />
      {isRecent && <RecentTools recents={recents} onRemoved={() => input.focus()} />}
    </div>
  );
}
