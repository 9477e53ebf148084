/** Reads a page as a translator would: which words no catalogue knows, and which do not fit. */
import type { Page, Response } from "@playwright/test";

/** What the shop did not write itself. Sentences of the server are no data: they have a kind or a code. */
const SENTENCES = new Set(["reason", "note", "noteCode", "problems", "detail", "error"]);

const FIRST_DATA = /id="first-data">(.*?)<\/script>/s;
const DATE = /^[A-Z][a-z]+ \d{1,2}, \d{4}/;

type Fields = Record<string, unknown>;

function addTexts(value: unknown, texts: Set<string>): void {
  if (typeof value === "string") texts.add(value.replaceAll(/\s+/g, " ").trim());
  if (Array.isArray(value)) for (const item of value) addTexts(item, texts);
  else if (typeof value === "object" && value !== null) addFields(value as Fields, texts);
}

function addFields(fields: Fields, texts: Set<string>): void {
  const isShelf = "items" in fields && "title" in fields;
  const isOwnFacet = fields["field"] === "price" || fields["field"] === "condition";
  if (isOwnFacet) return;
  for (const [key, value] of Object.entries(fields)) {
    // What a store wrote about a mark is its own.
    const isSentence = SENTENCES.has(key) && !("place" in fields);
    if (!isSentence && !(isShelf && key === "title")) addTexts(value, texts);
  }
}

/** Collects what the shop answers while a page is used: names of products, makers and stores stay as they are. */
export function collectData(page: Page): Set<string> {
  const texts = new Set(["Jackdaw", "English", "Deutsch", "العربية"]);
  const read = async (response: Response) => {
    const isPage = response.request().resourceType() === "document";
    if (!isPage && !response.url().includes("/api/")) return;
    try {
      const body = await response.text();
      addTexts(JSON.parse(isPage ? (FIRST_DATA.exec(body)?.[1] ?? "[]") : body), texts);
    } catch {
      // No data, or a page that was left and took its answers along.
    }
  };
  page.on("response", (response) => void read(response));
  return texts;
}

type Said = {
  texts: [tag: string, text: string][];
  names: [attribute: string, text: string][];
  title: string;
};

/** All that stands on the page and all that is said of it, in its order; what is marked as English is meant so. */
function allThatIsSaid(page: Page): Promise<Said> {
  return page.evaluate(() => {
    const skipped = "script, style, noscript, template, code, [lang=en]";
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Said["texts"] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent !== null && parent.closest(skipped) === null)
        texts.push([parent.tagName.toLowerCase(), node.textContent ?? ""]);
    }
    const names = ["aria-label", "title", "placeholder", "alt"].flatMap((attribute) =>
      [...document.body.querySelectorAll(`[${attribute}]`)]
        .filter((element) => element.closest(skipped) === null)
        .map((element): [string, string] => [attribute, element.getAttribute(attribute) ?? ""]),
    );
    return { texts, names, title: document.title };
  });
}

/** What stands outside the brackets of the pseudo language; a sentence may reach over several elements. */
function outsideBrackets(): (text: string) => string {
  let depth = 0;
  return (text) => {
    let outside = "";
    for (const letter of text) {
      if (letter === "⟧") depth -= 1;
      else if (letter === "⟦") depth += 1;
      else if (depth === 0) outside += letter;
    }
    return outside.replaceAll(/\s+/g, " ").trim();
  };
}

/** Words that stand on the page, or are said of it, outside the brackets of the pseudo language. */
export async function foreignWords(page: Page, data: Set<string>): Promise<string[]> {
  const { texts, names, title } = await allThatIsSaid(page);
  const isOurs = (text: string) => !/\p{L}{2,}/u.test(text) || data.has(text) || DATE.test(text);
  const outside = outsideBrackets();
  const inTexts = texts.map(([tag, text]) => [tag, outside(text)]);
  const inNames = [...names, ["the tab", title] as const].map(([name, text]) => [
    name,
    outsideBrackets()(text),
  ]);
  const found = [...inTexts, ...inNames].filter(([, text = ""]) => !isOurs(text));
  return [...new Set(found.map(([place, text]) => `${String(place)}: ${String(text)}`))];
}

type Box = {
  words: string;
  width: number;
  start: number;
  end: number;
  isInline: boolean;
  isCut: boolean;
  overhang: number;
  mayScroll: boolean;
};

/** Every box that holds words itself. */
function boxesWithWords(page: Page): Promise<{ wide: number; screen: number; boxes: Box[] }> {
  return page.evaluate(() => {
    // eslint-disable-next-line unicorn/consistent-function-scoping -- it runs in the page, which knows nothing else of this file
    const isScroller = (element: Element) =>
      ["auto", "scroll"].includes(getComputedStyle(element).overflowX) && element !== document.body;
    // eslint-disable-next-line unicorn/consistent-function-scoping -- the same
    const wordsOf = (element: Element) =>
      [...element.childNodes]
        .map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : ""))
        .join("");
    const boxOf = (element: Element): Box => {
      const { width, left, right } = element.getBoundingClientRect();
      const { display, textOverflow } = getComputedStyle(element);
      let scroller: Element | null = element;
      while (scroller !== null && scroller !== document.documentElement && !isScroller(scroller))
        scroller = scroller.parentElement;
      return {
        words: wordsOf(element).trim(),
        width,
        start: left,
        end: right,
        isInline: display === "inline" || display === "contents",
        isCut: textOverflow === "ellipsis",
        overhang: element.scrollWidth - element.clientWidth,
        mayScroll: scroller !== null && scroller !== document.documentElement,
      };
    };
    const shown = [...document.body.querySelectorAll("*")].filter((element) => element.checkVisibility());
    return {
      wide: document.documentElement.scrollWidth,
      screen: document.documentElement.clientWidth,
      boxes: shown.filter((element) => wordsOf(element).trim() !== "").map(boxOf),
    };
  });
}

/** Words that reach out of their box or off the screen, and boxes that hide the end of theirs. */
export async function misfits(page: Page): Promise<string[]> {
  const { wide, screen, boxes } = await boxesWithWords(page);
  // What only screen readers hear is one pixel wide, and names of products may end in an ellipsis.
  const read = boxes.filter(({ width, isCut, words }) => width > 1 && (!isCut || words.includes("⟦")));
  const off = read.filter(({ start, end, mayScroll }) => !mayScroll && (start < -1 || end > screen + 1));
  const full = read.filter(({ isInline, overhang }) => !isInline && overhang > 1);
  return [
    ...(wide > screen ? [`the page is ${String(wide)} px wide`] : []),
    ...new Set(off.map(({ words }) => `off the screen: ${words}`)),
    ...new Set(full.map(({ words }) => `too full: ${words}`)),
  ];
}
