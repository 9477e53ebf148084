import { CartStates, CartTotal } from "@/features/cart/cart-contents";
import { CartLines } from "@/features/cart/cart-lines";
import { CartRail } from "@/features/recommendations/cart-rail";
import { PageTitle } from "@/ui/page-title";
import { RegionBoundary } from "@/ui/region-boundary";
import { words } from "@/lib/words/words";

export function CartPage() {
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-10 py-8 md:py-12">
      <PageTitle>{words.cart.yours}</PageTitle>
      <CartStates>
        {(cart) => (
          <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[1.6fr_1fr]">
            <div className="border-y border-line">
              <CartLines cart={cart} />
            </div>
            <div className="self-start border-t border-line pt-6 lg:sticky lg:top-6">
              <CartTotal cart={cart} />
              <p className="mt-3 text-14 text-ink-2">{words.cart.totalText}</p>
            </div>
          </div>
        )}
      </CartStates>
      <RegionBoundary fault={words.regions.shelf}>
        <CartRail />
      </RegionBoundary>
    </div>
  );
}
