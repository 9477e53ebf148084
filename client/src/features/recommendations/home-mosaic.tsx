import { shopApi } from "@/api/shop-api";
import type { Card } from "@/api/generated";
import { gradeOf } from "@/lib/grades";
import { paths } from "@/lib/paths";
import { DuePicture } from "@/ui/due-picture";
import { Link } from "@/ui/link";
import { Swatch } from "@/ui/swatch";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

const TILES = 6;
const POPULAR_ASKED = 48;
/** Hues of the empty benches while the drawings are on their way. */
const EMPTY = ["cameras", "phones", "headphones", "consoles", "watches", "laptops"];

/** One product per category, most popular first: the mosaic shows breadth and is the same for everyone. */
export function oneOfEach(products: Card[], count: number): Card[] {
  const seen = new Set<string>();
  const chosen: Card[] = [];
  for (const product of products) {
    if (chosen.length === count) break;
    if (seen.has(product.category.slug)) continue;
    seen.add(product.category.slug);
    chosen.push(product);
  }
  return chosen;
}

function Tile({ product, hue }: { product: Card | undefined; hue: string }) {
  if (product === undefined) return <DuePicture hue={hue} />;
  return (
    <Link
      to={paths.product(product.id)}
      aria-label={say(words.card.named, { title: product.title, grade: gradeOf(product.condition).inText })}
      className="block rounded-swatch"
    >
      <Swatch hue={product.category.slug} imageUrl={product.imageUrl} isEager />
    </Link>
  );
}

export function HomeMosaic() {
  const { data } = shopApi.useListMostPopularQuery({ limit: POPULAR_ASKED });
  const products = oneOfEach(data?.items ?? [], TILES);
  return (
    <ul className="grid grid-cols-3 gap-3 md:gap-4" aria-label={words.home.popular}>
      {EMPTY.map((hue, index) => (
        <li key={hue} className="nth-[3n+2]:translate-y-4 md:nth-[3n+2]:translate-y-6">
          <Tile product={products[index]} hue={hue} />
        </li>
      ))}
    </ul>
  );
}
