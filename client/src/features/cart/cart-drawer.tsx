import { useDispatch, useSelector } from "react-redux";
import { countItems } from "@/api/optimistic-cart";
import { shopApi } from "@/api/shop-api";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { Drawer } from "@/ui/drawer";
import { CartStates, CartTotal } from "./cart-contents";
import { CartLines } from "./cart-lines";
import { cartClosed, selectIsCartOpen } from "./cart-slice";

export function CartDrawer() {
  const isOpen = useSelector(selectIsCartOpen);
  const dispatch = useDispatch();
  const { data: cart } = shopApi.useGetCartQuery();
  const count = countItems(cart);

  return (
    <Drawer
      title={count === 0 ? "Your cart" : `Your cart (${String(count)})`}
      isOpen={isOpen}
      onClose={() => dispatch(cartClosed())}
      footer={
        cart !== undefined &&
        cart.lines.length > 0 && (
          <div className="grid gap-4">
            <CartTotal cart={cart} />
            <ButtonLink to={paths.cart} isWide>
              View cart
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
