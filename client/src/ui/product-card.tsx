import { useRef, type ReactNode } from "react";
import { Link } from "./link";
import { gradeOf } from "@/lib/grades";
import { formatMoney } from "@/lib/money";
import { paths } from "@/lib/paths";
import { makerSwatch, type ProductSummary } from "@/lib/product-summary";
import type { SlatePlace } from "@/lib/tracking/tracker";
import { useTracking } from "@/lib/tracking/tracking-context";
import { useImpression } from "@/lib/tracking/use-impression";
import { useCardSurroundings } from "./card-surroundings";
import { GradeMark } from "./grade-mark";
import { Icon } from "./icon";
import { Swatch } from "./swatch";
import { formatCount, say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

const DWELL_MS = 65;

export type ProductCardProps = {
  product: ProductSummary;
  /** One hue per maker where all cards are of one category. */
  swatchBy?: "category" | "maker";
  headingLevel?: "h2" | "h3";
  place?: SlatePlace | undefined;
  reason?: string | undefined;
  /** Places risen since the last arrangement, or "new". */
  rankChange?: number | "new" | undefined;
  /** Stands for several listings of one model: what to say instead of one price and one grade. */
  several?: ReactNode;
  glideName?: string | undefined;
  isEager?: boolean;
};

function useIntent(productId: string) {
  const { onIntent } = useCardSurroundings();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return {
    onPointerEnter: () => {
      timer.current = setTimeout(() => onIntent(productId), DWELL_MS);
    },
    onPointerLeave: () => clearTimeout(timer.current),
    onTouchStart: () => onIntent(productId),
    onFocus: () => onIntent(productId),
  };
}

function StockNote({ product }: { product: ProductSummary }) {
  if (!product.inStock) return <span className="font-semibold text-bad">{words.card.sold}</span>;
  if (product.stock === 1) return <span className="font-semibold text-warn">{words.card.lastOne}</span>;
  return (
    <span className="min-w-0 flex-1">
      <span dir="auto" className="block truncate">
        {product.store.name}
      </span>
    </span>
  );
}

function RankNote({ change }: { change: number | "new" }) {
  return (
    <span className="rank-note absolute start-3 top-3 z-2 inline-flex items-center gap-0.5 rounded-full bg-action px-2 py-0.5 text-12 font-semibold text-on-action">
      {change === "new" ? (
        words.card.newHere
      ) : (
        <>
          <Icon name="up" size={12} />
          {formatCount(change)}
        </>
      )}
    </span>
  );
}

export function ProductCard(props: ProductCardProps) {
  const { product, swatchBy = "category", headingLevel: Heading = "h3", place, reason } = props;
  const { rankChange, several } = props;
  const { Actions } = useCardSurroundings();
  const { click } = useTracking();
  const element = useImpression<HTMLElement>(product.id, place);
  const intent = useIntent(product.id);
  const hue = swatchBy === "maker" ? makerSwatch(product.brand.slug) : product.category.slug;

  return (
    <article
      ref={element}
      className="card relative"
      {...(props.glideName !== undefined && { style: { viewTransitionName: props.glideName } })}
    >
      <Link
        to={paths.product(product.id)}
        className="block rounded-swatch"
        onClick={() => place && click(product.id, place)}
        {...intent}
      >
        <Swatch hue={hue} imageUrl={product.imageUrl} isEager={props.isEager ?? false} />
        <span className="mt-3 flex items-baseline justify-between gap-2">
          <Heading
            dir="auto"
            className="quiet-link line-clamp-3 font-text text-16 leading-snug font-semibold tracking-normal wrap-anywhere text-pretty"
          >
            {product.title}
          </Heading>
          {several === undefined && <span className="price text-16">{formatMoney(product.price)}</span>}
        </span>
        <span className="parted mt-1 text-14 whitespace-nowrap text-ink-2">
          {several ?? (
            <>
              <GradeMark condition={product.condition} />
              <StockNote product={product} />
            </>
          )}
        </span>
        {reason !== undefined && (
          <span className="mt-2 block border-t border-line pt-2 text-14 text-ink-2">{reason}</span>
        )}
      </Link>
      {rankChange !== undefined && <RankNote change={rankChange} />}
      <span className="absolute end-1.5 top-1.5 z-2">
        <Actions product={product} place={place} />
      </span>
    </article>
  );
}

/** The name that a button beside the card needs to be unlike its neighbours. */
export function cardLabel(product: ProductSummary): string {
  return say(words.card.named, { title: product.title, grade: gradeOf(product.condition).inText });
}
