import { useDispatch } from "react-redux";
import { refusal } from "@/api/failure";
import type { CartLine } from "@/api/generated";
import { cartApi } from "@/api/cart-api";
import { isOffline } from "@/api/keep";
import { announcer } from "@/lib/announcer";
import { toastShown } from "@/lib/toasts-slice";
import { lineRestored } from "./undo";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** Changes to lines: the screen moves at once, a refusal moves it back and says why. */
export function useCartWrites() {
  const dispatch = useDispatch();
  const [changeQuantity] = cartApi.useChangeQuantityMutation();
  const [removeLine] = cartApi.useRemoveLineMutation();

  const refused = (error: unknown) => {
    if (isOffline(error)) return;
    dispatch(toastShown(refusal(error)));
  };

  const remove = async (line: CartLine) => {
    const { product, quantity } = line;
    announcer.announce(say(words.cart.wasRemoved, { title: product.title }));
    dispatch(
      toastShown({
        text: say(words.cart.removed, { title: product.title }),
        tone: "plain",
        undo: lineRestored({ product, quantity }),
      }),
    );
    const { error } = await removeLine(line.id);
    if (error) refused(error);
  };

  const resize = async (line: CartLine, quantity: number) => {
    if (quantity < 1) return remove(line);
    announcer.announce(say(words.cart.now, { title: line.product.title, count: quantity }));
    const { error } = await changeQuantity({ lineId: line.id, quantity });
    if (error) refused(error);
    return undefined;
  };

  return { remove, resize };
}
