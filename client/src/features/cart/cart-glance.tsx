import { countItems } from "@/api/optimistic-cart";
import { shopApi } from "@/api/shop-api";
import { Swatch } from "@/ui/swatch";
import { sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";

const SHOWN = 6;

/** What will come along when the visitor signs in. Absent while there is nothing. */
export function CartGlance() {
  const { data } = shopApi.useGetCartQuery();
  const count = countItems(data);
  if (data === undefined || count === 0) return null;
  return (
    <section aria-labelledby="glance-title" className="hidden max-w-md lg:block">
      <h2 id="glance-title" className="text-22">
        {sayCount(words.cart.comesAlong, count)}
      </h2>
      <ul className="mt-4 grid grid-cols-3 gap-3">
        {data.lines.slice(0, SHOWN).map(({ product }) => (
          <li key={product.id}>
            <Swatch hue={product.category.slug} imageUrl={product.imageUrl} />
            <p className="mt-2 text-14">{product.title}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
