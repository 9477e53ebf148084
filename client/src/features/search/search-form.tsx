import { lazy, useCallback, Suspense, useEffect, useRef, useState, type FormEvent } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { paths } from "@/lib/paths";
import { Icon } from "@/ui/icon";
import type { PopupState } from "./suggest-popup";
import { words } from "@/lib/words/words";

/** Suggestions come with the first sign that somebody wants to search. */
const loadPopup = () => import("./suggest-popup");
const SuggestPopup = lazy(async () => ({ default: (await loadPopup()).SuggestPopup }));
const LIST_ID = "search-suggestions";
const CLOSED: PopupState = { isOpen: false, activeId: undefined };

async function remember(query: string): Promise<void> {
  const { rememberSearch } = await import("./recents");
  rememberSearch(query);
}

/** A real form: it works before any script runs, because the listing reads `q` from the address. */
export function SearchForm() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const current = search.get("q") ?? "";
  const input = useRef<HTMLInputElement>(null);
  const isTakenOver = useRef(false);
  const [wantedBy, setWantedBy] = useState<HTMLInputElement | null>(null);
  const [isPressed, setIsPressed] = useState(false);
  const [popup, setPopup] = useState(CLOSED);

  const fill = useCallback((text: string) => {
    if (input.current !== null) input.current.value = text;
  }, []);
  useEffect(() => {
    const isEarly = !isTakenOver.current && input.current === document.activeElement;
    isTakenOver.current = true;
    // What was typed before this code had come stays, and is answered.
    if (isEarly) setWantedBy(input.current);
    if (!isEarly || input.current?.value === "") fill(current);
  }, [current, fill]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const query = input.current?.value.trim() ?? "";
    void remember(query);
    void navigate(paths.products({ q: query }));
  };

  return (
    <form role="search" action="/products" onSubmit={submit} className="relative w-full">
      <label htmlFor="site-search" className="sr-only">
        {words.search.label}
      </label>
      <input
        ref={input}
        id="site-search"
        name="q"
        type="search"
        role="combobox"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-expanded={popup.isOpen}
        aria-controls={LIST_ID}
        {...(popup.activeId !== undefined && { "aria-activedescendant": popup.activeId })}
        enterKeyHint="search"
        autoComplete="off"
        maxLength={200}
        defaultValue={current}
        placeholder={words.search.placeholder}
        className="field pe-12"
        onFocus={(event) => setWantedBy(event.currentTarget)}
        onClick={() => setIsPressed(true)}
      />
      <button
        type="submit"
        aria-label={words.search.button}
        className="button absolute inset-y-0 end-0 grid w-11 place-items-center rounded-field text-ink-2 hover:text-ink"
      >
        <Icon name="search" />
      </button>
      {wantedBy !== null && (
        <Suspense>
          <SuggestPopup
            input={wantedBy}
            isPressed={isPressed}
            listId={LIST_ID}
            onState={setPopup}
            onFilled={fill}
          />
        </Suspense>
      )}
    </form>
  );
}
