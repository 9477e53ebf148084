import { useDispatch } from "react-redux";
import { refusal } from "@/api/failure";
import type { Card } from "@/api/generated";
import { cartApi } from "@/api/cart-api";
import { isOffline } from "@/api/keep";
import { announcer } from "@/lib/announcer";
import { toastShown } from "@/lib/toasts-slice";
import { Button } from "@/ui/button";
import { cartOpened } from "./cart-slice";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** Opens the drawer at once; if the server refuses, the line goes away again and a note says why. */
export function AddToCart({ product }: { product: Card }) {
  const [addToCart] = cartApi.useAddToCartMutation();
  const dispatch = useDispatch();

  const add = async () => {
    dispatch(cartOpened());
    announcer.announce(say(words.product.inCart, { title: product.title }));
    const { error } = await addToCart({ product, quantity: 1 });
    if (error && !isOffline(error)) dispatch(toastShown(refusal(error)));
  };

  if (!product.inStock) {
    return <p className="py-3 font-semibold text-bad">{words.product.soldText}</p>;
  }
  return <Button onClick={() => void add()}>{words.product.addToCart}</Button>;
}
