import { useDispatch } from "react-redux";
import { refusal } from "@/api/failure";
import type { FeedbackIn } from "@/api/generated";
import { profileApi } from "@/api/profile-api";
import { announcer } from "@/lib/announcer";
import type { ProductSummary } from "@/lib/product-summary";
import { toastShown } from "@/lib/toasts-slice";
import type { SlatePlace } from "@/lib/tracking/tracker";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { feedbackTakenBack } from "./take-back";
import { inSentence, say } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { categoryName, exclusionText } from "@/lib/words/names";

type Scope = FeedbackIn["scope"];

/** From the least to the most that is left out. */
function scopesOf(product: ProductSummary): [Scope, string][] {
  const { scopes } = words.notForMe;
  return [
    ["item", scopes.item],
    ["model", scopes.model],
    ["owned", scopes.owned],
    ["maker", say(scopes.maker, { maker: product.brand.name })],
    ["kind", say(scopes.kind, { kind: inSentence(categoryName(product.category)) })],
  ];
}

type Props = { product: ProductSummary; place: SlatePlace; onClose: () => void };

export function NotForMeScopes({ product, place, onClose }: Props) {
  const [turnDown] = profileApi.useTurnDownMutation();
  const dispatch = useDispatch();
  const choose = async (scope: Scope) => {
    onClose();
    const result = await turnDown({ productId: product.id, scope, ...place });
    if (result.error) {
      dispatch(toastShown(refusal(result.error)));
      return;
    }
    const text = say(words.notForMe.leftOut, { what: exclusionText(scope, product) });
    announcer.announce(text);
    dispatch(toastShown({ text, tone: "plain", undo: feedbackTakenBack(result.data.id) }));
  };
  return (
    <Dialog
      title={words.notForMe.title}
      isOpen
      onClose={onClose}
      actions={
        <Button look="plain" onClick={onClose}>
          {words.shell.keep}
        </Button>
      }
    >
      <p>{words.notForMe.question}</p>
      <ul className="mt-4 grid gap-2">
        {scopesOf(product).map(([scope, label]) => (
          <li key={scope}>
            <Button look="plain" isWide onClick={() => void choose(scope)}>
              {label}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
