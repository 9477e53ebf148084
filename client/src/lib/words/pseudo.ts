/** Makes a language of its own out of English: accented, two fifths longer, in brackets. */
const PLAIN = "aceginorsuyzACEGINORSUYZ";
const ACCENTED = "áçéğíñóŕšúýžÁÇÉĞÍÑÓŔŠÚÝŽ";
const LONGER_BY = 0.4;
const FILLING = "~ long ";

function accented(text: string): string {
  return [...text]
    .map((letter) => (PLAIN.includes(letter) ? ACCENTED[PLAIN.indexOf(letter)] : letter))
    .join("");
}

export function pseudoText(text: string): string {
  if (text === "") return text;
  // What stands in braces is a name in the program, not a word.
  const body = text
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith("{") ? part : accented(part)))
    .join("");
  const added = Math.ceil(text.length * LONGER_BY);
  return `⟦${body}${FILLING.repeat(Math.ceil(added / FILLING.length))
    .slice(0, added)
    .trimEnd()}⟧`;
}

export function pseudo(texts: unknown): unknown {
  if (typeof texts === "string") return pseudoText(texts);
  if (typeof texts !== "object" || texts === null) return texts;
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, pseudo(value)]));
}
