import type { FormEvent } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { paths } from "@/lib/paths";
import { Icon } from "@/ui/icon";

/** A real form: it works before any script runs, because the listing reads `q` from the address. */
export function SearchForm() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const current = search.get("q") ?? "";

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("q");
    void navigate(paths.products({ q: typeof typed === "string" ? typed.trim() : "" }));
  };

  return (
    <form role="search" action="/products" onSubmit={submit} className="relative w-full">
      <label htmlFor="site-search" className="sr-only">
        Search the shop
      </label>
      <input
        key={current}
        id="site-search"
        name="q"
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        maxLength={200}
        defaultValue={current}
        placeholder="Search cameras, makers, “256 GB” …"
        className="field pe-12"
      />
      <button
        type="submit"
        aria-label="Search"
        className="button absolute inset-y-0 end-0 grid w-11 place-items-center rounded-field text-ink-2 hover:text-ink"
      >
        <Icon name="search" />
      </button>
    </form>
  );
}
