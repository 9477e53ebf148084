import type { MouseEvent } from "react";
import { useDispatch } from "react-redux";
import { countItems } from "@/api/optimistic-cart";
import { shopApi } from "@/api/shop-api";
import { paths } from "@/lib/paths";
import { Icon } from "@/ui/icon";
import { Link } from "@/ui/link";
import { cartOpened } from "./cart-slice";
import { formatCount, sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** A link to the cart page that opens the drawer instead, unless another tab is asked for. */
export function CartButton() {
  const { data } = shopApi.useGetCartQuery();
  const dispatch = useDispatch();
  const count = countItems(data);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    dispatch(cartOpened());
  };
  return (
    <Link
      to={paths.cart}
      onClick={open}
      className="button relative grid size-11 place-items-center rounded-full hover:bg-wash"
      aria-label={count === 0 ? words.cart.empty : sayCount(words.cart.filled, count)}
      title={words.cart.title}
    >
      <Icon name="cart" />
      {count > 0 && (
        <span className="count-badge absolute -end-0.5 top-0" aria-hidden="true">
          {formatCount(count)}
        </span>
      )}
    </Link>
  );
}
