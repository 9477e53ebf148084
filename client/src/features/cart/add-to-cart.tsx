import { useDispatch } from "react-redux";
import { failureOf } from "@/api/failure";
import type { Card } from "@/api/generated";
import { cartApi } from "@/api/cart-api";
import { isOffline } from "@/api/keep";
import { announcer } from "@/lib/announcer";
import { toastShown } from "@/lib/toasts-slice";
import { Button } from "@/ui/button";
import { cartOpened } from "./cart-slice";

/** Opens the drawer at once; if the server refuses, the line goes away again and a note says why. */
export function AddToCart({ product }: { product: Card }) {
  const [addToCart] = cartApi.useAddToCartMutation();
  const dispatch = useDispatch();

  const add = async () => {
    dispatch(cartOpened());
    announcer.announce(`${product.title} is in the cart.`);
    const { error } = await addToCart({ product, quantity: 1 });
    if (error && !isOffline(error)) dispatch(toastShown({ text: failureOf(error).detail, tone: "problem" }));
  };

  if (!product.inStock) {
    return <p className="py-3 font-semibold text-bad">Sold. The others like it are below.</p>;
  }
  return <Button onClick={() => void add()}>Add to cart</Button>;
}
