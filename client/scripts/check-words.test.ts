import { expect, it } from "vitest";
import { literalTexts, ownFormatting } from "./check-words.ts";

const textsIn = (source: string, file = "src/ui/a.tsx") => literalTexts(file, source).map(({ text }) => text);

it.each([
  ["<p>Sold out</p>", ["Sold out"]],
  ["<p>{isOld ? `Sold` : words.a}</p>", ["Sold"]],
  ["<p>{count} left</p>", ["left"]],
  ['<img alt="A camera" />', ["A camera"]],
  ["<b aria-label={`Remove ${name}`} />", ["Remove"]],
  ['<Field label="Name" />', ["Name"]],
  ['<b title={isOn && "On now"} />', ["On now"]],
  ['const toast = { text: "Saved", tone: "plain" };', ["Saved"]],
  ["announce(`${title} is in. The cart ${place}`);", []],
  ['announce("You are offline.");', ["You are offline."]],
  ['const of = () => "Everything on the bench";', ["Everything on the bench"]],
])("finds what is said in %s", (source, expected) => {
  expect(textsIn(source)).toEqual(expected);
});

it.each([
  '<p className="grid gap-2" id="main">{words.a}</p>',
  '<p aria-label={words.a} title={say(words.b, { name: "x" })}>{" · "}</p>',
  'throw new Error("The page has no #root.");',
  '<Icon name="heart" label={words.a} />',
  'import { a } from "Some Package";',
])("lets be what is not said: %s", (source) => {
  expect(textsIn(source)).toEqual([]);
});

it("leaves the catalogues, the tests and the gallery of the kit alone", () => {
  for (const file of ["src/lib/words/en.ts", "src/a.test.tsx", "src/app/kit/forms.tsx"])
    expect(textsIn("const a = <p>Sold out</p>;", file)).toEqual([]);
});

it("finds numbers and dates that are written without the language", () => {
  for (const source of ['new Intl.NumberFormat("en")', "price.toFixed(2)", "date.toLocaleDateString()"])
    expect(ownFormatting("src/features/a.ts", source)).toHaveLength(1);
  expect(ownFormatting("src/features/a.ts", "formatCount(2)")).toEqual([]);
});
