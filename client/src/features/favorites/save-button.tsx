import { useDispatch } from "react-redux";
import { failureOf } from "@/api/failure";
import { isOffline } from "@/api/keep";
import { shopApi } from "@/api/shop-api";
import type { Card } from "@/api/generated";
import { announcer } from "@/lib/announcer";
import { toastShown } from "@/lib/toasts-slice";
import { Icon } from "@/ui/icon";
import { cardLabel } from "@/ui/product-card";
import { useIsSaved } from "./use-favorites";
import { inSentence, say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

function useSaving(product: Card) {
  const isSaved = useIsSaved(product.id);
  const [setFavorite] = shopApi.useSetFavoriteMutation();
  const dispatch = useDispatch();
  const toggle = async () => {
    announcer.announce(
      say(isSaved ? words.favorites.isNotSaved : words.favorites.isSaved, { title: product.title }),
    );
    const result = await setFavorite({ product, isSaved: !isSaved });
    if (result.error && !isOffline(result.error)) {
      const text = say(isSaved ? words.favorites.notRemoved : words.favorites.notSaved, {
        title: product.title,
        problem: inSentence(failureOf(result.error).title),
      });
      dispatch(toastShown({ text, tone: "problem" }));
    }
  };
  return { isSaved, toggle };
}

/** The heart over a swatch. */
export function SaveButton({ product }: { product: Card }) {
  const { isSaved, toggle } = useSaving(product);
  return (
    <button
      type="button"
      aria-pressed={isSaved}
      aria-label={say(words.favorites.save, { label: cardLabel(product) })}
      onClick={() => void toggle()}
      className="button grid size-11 place-items-center rounded-full text-ink hover:bg-surface"
    >
      <Icon name="heart" isFilled={isSaved} />
    </button>
  );
}

/** The same with words, beside the main action of the product page. */
export function SaveButtonWide({ product }: { product: Card }) {
  const { isSaved, toggle } = useSaving(product);
  return (
    <button
      type="button"
      aria-pressed={isSaved}
      onClick={() => void toggle()}
      className="button inline-flex min-h-12 items-center gap-2 rounded-full border border-line-strong px-5 font-semibold hover:border-ink hover:bg-wash"
    >
      <Icon name="heart" isFilled={isSaved} />
      {isSaved ? words.product.saved : words.product.save}
    </button>
  );
}
