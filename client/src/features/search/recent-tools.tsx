import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { forgetSearch, forgetSearches } from "./recents";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** Beside the list and not inside its options, which may hold no buttons. With the keyboard Delete does the same. */
export function RecentTools({ recents, onRemoved }: { recents: string[]; onRemoved: () => void }) {
  return (
    <>
      <ul className="absolute end-1 top-10 grid" aria-label={words.search.removeLatest}>
        {recents.map((query) => (
          <li key={query}>
            <IconButton
              label={say(words.search.remove, { words: query })}
              onClick={() => {
                forgetSearch(query);
                onRemoved();
              }}
            >
              <Icon name="close" size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex items-center justify-between gap-4 border-t border-line px-4 py-1">
        <span className="text-14 text-ink-2">{words.search.onDevice}</span>
        <button
          type="button"
          className="link min-h-11 text-14"
          onClick={() => {
            forgetSearches();
            onRemoved();
          }}
        >
          {words.search.removeAll}
        </button>
      </div>
    </>
  );
}
