import { paths } from "@/lib/paths";
import { chooseTheme, THEMES, useTheme } from "@/lib/theme";
import { Link } from "@/ui/link";
import { words } from "@/lib/words/words";
import { chooseLanguage, language, LANGUAGES, OFFERED_LANGUAGES } from "@/lib/language";

function ThemeChoice() {
  const theme = useTheme();
  return (
    <fieldset className="flex items-center gap-1 text-14">
      <legend className="float-start me-3 text-ink-2">{words.shell.theme}</legend>
      {THEMES.map((known) => (
        <label
          key={known}
          className="theme-choice flex min-h-9 items-center rounded-full border border-transparent px-3 has-checked:border-line-strong has-focus-visible:outline-2 has-focus-visible:outline-link"
        >
          <input
            type="radio"
            name="theme"
            className="sr-only"
            checked={theme === known}
            onChange={() => chooseTheme(known)}
          />
          {words.shell.themes[known]}
        </label>
      ))}
    </fieldset>
  );
}

/** Each language is named in itself, for those who read no other. Choosing one sends the page anew. */
function LanguageChoice() {
  return (
    <ul aria-label={words.shell.language} className="flex items-center gap-1 text-14">
      {OFFERED_LANGUAGES.map((code) => (
        <li key={code}>
          <button
            type="button"
            lang={code}
            dir={LANGUAGES[code].direction}
            aria-current={code === language() ? "true" : undefined}
            className="theme-choice min-h-9 rounded-full border border-transparent px-3 aria-[current=true]:border-line-strong"
            onClick={() => chooseLanguage(code)}
          >
            {LANGUAGES[code].name}
          </button>
        </li>
      ))}
    </ul>
  );
}

export function Footer() {
  return (
    <footer className="mt-18 border-t border-line md:mt-26">
      <div className="page grid gap-6 py-10 md:grid-cols-[1fr_auto] md:items-end">
        <div>
          <p className="font-title text-22 font-bold">{words.shell.line}</p>
          <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-14">
            <li>
              <Link className="link inline-block py-1" to={paths.you}>
                {words.shell.you}
              </Link>
            </li>
            <li>
              <Link className="link inline-block py-1" to={paths.about}>
                {words.shell.about}
              </Link>
            </li>
            <li>
              <Link className="link inline-block py-1" to={paths.products()}>
                {words.shell.everything}
              </Link>
            </li>
          </ul>
        </div>
        <div className="grid gap-2 md:justify-items-end">
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </div>
    </footer>
  );
}
