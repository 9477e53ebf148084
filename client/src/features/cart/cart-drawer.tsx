import { useDispatch, useSelector } from "react-redux";
import { countItems } from "@/api/optimistic-cart";
import { shopApi } from "@/api/shop-api";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { Drawer } from "@/ui/drawer";
import { CartStates, CartTotal } from "./cart-contents";
import { CartLines } from "./cart-lines";
import { cartClosed, selectIsCartOpen } from "./cart-slice";
import { sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";

export function CartDrawer() {
  const isOpen = useSelector(selectIsCartOpen);
  const dispatch = useDispatch();
  const { data: cart } = shopApi.useGetCartQuery();
  const count = countItems(cart);

  return (
    <Drawer
      title={count === 0 ? words.cart.yours : sayCount(words.cart.yoursCounted, count)}
      isOpen={isOpen}
      onClose={() => dispatch(cartClosed())}
      footer={
        cart !== undefined &&
        cart.lines.length > 0 && (
          <div className="grid gap-4">
            <CartTotal cart={cart} />
            <ButtonLink to={paths.cart} isWide>
              {words.cart.view}
            </ButtonLink>
          </div>
        )
      }
    >
      <CartStates>
        {(filled) => <CartLines cart={filled} onFollow={() => dispatch(cartClosed())} />}
      </CartStates>
    </Drawer>
  );
}
