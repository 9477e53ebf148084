import type { Cart, CartLine } from "@/api/generated";
import { MAX_QUANTITY } from "@/api/optimistic-cart";
import { formatMoney } from "@/lib/money";
import { paths } from "@/lib/paths";
import { GradeMark } from "@/ui/grade-mark";
import { Link } from "@/ui/link";
import { cardLabel } from "@/ui/product-card";
import { QuantityStepper } from "@/ui/quantity-stepper";
import { Swatch } from "@/ui/swatch";
import { LineProblems } from "./cart-problems";
import { useCartWrites } from "./use-cart-writes";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

function Line({ line, cart, onFollow }: { line: CartLine; cart: Cart; onFollow?: (() => void) | undefined }) {
  const { remove, resize } = useCartWrites();
  const { product } = line;
  const label = cardLabel(product);
  return (
    <li className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-4 py-5">
      <Swatch hue={product.category.slug} imageUrl={product.imageUrl} isSmall />
      <div>
        <div className="flex items-baseline justify-between gap-4">
          <Link to={paths.product(product.id)} className="quiet-link font-semibold" onClick={onFollow}>
            <span dir="auto" className="block wrap-anywhere">
              {product.title}
            </span>
          </Link>
          <span className="price text-18">{formatMoney(line.lineTotal)}</span>
        </div>
        <p className="parted text-14 text-ink-2">
          <GradeMark condition={product.condition} />
          <span>
            <bdi>{product.store.name}</bdi>
          </span>
          {line.quantity > 1 && <span>{say(words.cart.each, { price: formatMoney(product.price) })}</span>}
        </p>
        <LineProblems problems={cart.problems.filter((problem) => problem.lineId === line.id)} />
        <div className="-ms-3.5 flex flex-wrap items-center justify-between gap-2">
          <QuantityStepper
            label={label}
            quantity={line.quantity}
            maximum={Math.min(product.stock, MAX_QUANTITY)}
            onChange={(quantity) => void resize(line, quantity)}
          />
          <button
            type="button"
            className="link min-h-11 text-14"
            aria-label={say(words.cart.removeNamed, { label })}
            onClick={() => void remove(line)}
          >
            {words.cart.remove}
          </button>
        </div>
      </div>
    </li>
  );
}

export function CartLines({ cart, onFollow }: { cart: Cart; onFollow?: () => void }) {
  return (
    <ul className="divide-y divide-line">
      {cart.lines.map((line) => (
        <Line key={line.product.id} line={line} cart={cart} onFollow={onFollow} />
      ))}
    </ul>
  );
}
