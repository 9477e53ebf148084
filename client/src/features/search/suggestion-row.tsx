import { shopApi } from "@/api/shop-api";
import { formatMoney } from "@/lib/money";
import { GradeMark } from "@/ui/grade-mark";
import { Icon, type IconName } from "@/ui/icon";
import { Swatch } from "@/ui/swatch";
import type { Choice } from "./suggestion-groups";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

const ICONS: Record<Exclude<Choice["kind"], "product">, IconName> = {
  recent: "clock",
  query: "search",
  category: "grid",
  brand: "tag",
};

/** What was typed stays light, what is proposed is strong. */
function Completion({ text, typed }: { text: string; typed: string }) {
  const start = typed.trim().toLowerCase();
  if (start === "" || !text.toLowerCase().startsWith(start)) return <b className="font-semibold">{text}</b>;
  return (
    <>
      {text.slice(0, start.length)}
      <b className="font-semibold">{text.slice(start.length)}</b>
    </>
  );
}

/** The page behind it is asked for ahead: its drawing and price show here, and choosing it opens at once. */
function ProductRow({ productId, text }: { productId: string; text: string }) {
  const { data } = shopApi.useGetProductQuery({ productId, prefetch: 1 });
  return (
    <>
      <span className="w-11 shrink-0">
        <Swatch isSmall hue={data?.category.slug ?? ""} imageUrl={data?.imageUrl} isEager />
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate font-semibold">{text}</span>
        <span className="flex items-baseline gap-2 text-14 text-ink-2">
          {data === undefined ? "\u00A0" : <GradeMark condition={data.condition} />}
        </span>
      </span>
      {data !== undefined && <span className="price">{formatMoney(data.price)}</span>}
    </>
  );
}

export function SuggestionRow({ choice, typed }: { choice: Choice; typed: string }) {
  if (choice.productId !== undefined) return <ProductRow productId={choice.productId} text={choice.text} />;
  const kind = choice.kind === "product" ? "query" : choice.kind;
  return (
    <>
      <span className="shrink-0 text-ink-2">
        <Icon name={ICONS[kind]} size={18} />
      </span>
      <span className="min-w-0 grow truncate">
        <Completion text={choice.text} typed={kind === "recent" ? "" : typed} />
        {choice.repairedFrom !== undefined && (
          <span className="ms-2 text-14 text-ink-2">
            {say(words.search.instead, { words: choice.repairedFrom })}
          </span>
        )}
      </span>
    </>
  );
}
