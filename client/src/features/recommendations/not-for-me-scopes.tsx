import { useDispatch } from "react-redux";
import { failureOf } from "@/api/failure";
import type { FeedbackIn } from "@/api/generated";
import { profileApi } from "@/api/profile-api";
import { announcer } from "@/lib/announcer";
import type { ProductSummary } from "@/lib/product-summary";
import { toastShown } from "@/lib/toasts-slice";
import type { SlatePlace } from "@/lib/tracking/tracker";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { feedbackTakenBack } from "./take-back";

type Scope = FeedbackIn["scope"];

/** From the least to the most that is left out. */
function scopesOf(product: ProductSummary): [Scope, string][] {
  return [
    ["item", "This one listing"],
    ["model", "This model, in every grade"],
    ["owned", "I own one already"],
    ["maker", `Anything made by ${product.brand.name}`],
    ["kind", `All ${product.category.name.toLowerCase()}`],
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
      dispatch(toastShown({ text: failureOf(result.error).detail, tone: "problem" }));
      return;
    }
    const text = `Left out: ${result.data.text}.`;
    announcer.announce(text);
    dispatch(toastShown({ text, tone: "plain", undo: feedbackTakenBack(result.data.id) }));
  };
  return (
    <Dialog
      title="Not for me"
      isOpen
      onClose={onClose}
      actions={
        <Button look="plain" onClick={onClose}>
          Keep it
        </Button>
      }
    >
      <p>What should the shop stop suggesting? You can take it back at any time.</p>
      <ul className="mt-4 grid gap-2">
        {scopesOf(product).map(([scope, words]) => (
          <li key={scope}>
            <Button look="plain" isWide onClick={() => void choose(scope)}>
              {words}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
