import { failureOf } from "@/api/failure";
import { shopApi } from "@/api/shop-api";
import type { Cart } from "@/api/generated";
import { formatMoney } from "@/lib/money";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { LineSkeletons } from "@/ui/skeletons";
import { EmptyState, ErrorState } from "@/ui/states";
import type { ReactNode } from "react";
import { words } from "@/lib/words/words";

/** The states that the drawer and the page share. */
export function CartStates({ children }: { children: (cart: Cart) => ReactNode }) {
  const { data, error, refetch } = shopApi.useGetCartQuery();
  if (data === undefined) {
    if (error !== undefined) return <ErrorState failure={failureOf(error)} onRetry={() => void refetch()} />;
    return <LineSkeletons widths={["w-full", "w-3/4", "w-1/2"]} />;
  }
  if (data.lines.length === 0) {
    return (
      <EmptyState
        title={words.cart.nothing}
        action={<ButtonLink to={paths.products()}>{words.shell.seeEverything}</ButtonLink>}
      >
        <p>{words.cart.nothingText}</p>
      </EmptyState>
    );
  }
  return children(data);
}

export function CartTotal({ cart }: { cart: Cart }) {
  return (
    <p className="flex items-baseline justify-between gap-4">
      <span className="font-semibold">{words.cart.total}</span>
      <span className="flex flex-wrap justify-end gap-x-3">
        {cart.totals.map((total, place) => (
          <span key={total.currency} className="price text-28">
            {place > 0 && <span className="text-ink-2">+ </span>}
            {formatMoney(total)}
          </span>
        ))}
      </span>
    </p>
  );
}
