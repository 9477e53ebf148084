import { failureOf } from "@/api/failure";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { ProductCard } from "@/ui/product-card";
import { CardSkeletons } from "@/ui/skeletons";
import { EmptyState, ErrorState } from "@/ui/states";
import { useFavorites } from "./use-favorites";
import { words } from "@/lib/words/words";

const GRID = "grid grid-cols-2 gap-x-4 gap-y-10 md:grid-cols-3 lg:grid-cols-4 lg:gap-x-6";

export function FavoritesList() {
  const { data, error, refetch } = useFavorites();
  if (data === undefined) {
    if (error !== undefined) return <ErrorState failure={failureOf(error)} onRetry={() => void refetch()} />;
    return <CardSkeletons count={4} className={GRID} />;
  }
  if (data.items.length === 0) {
    return (
      <EmptyState
        title={words.favorites.nothing}
        action={<ButtonLink to={paths.products()}>{words.shell.seeEverything}</ButtonLink>}
      >
        <p>{words.favorites.nothingText}</p>
      </EmptyState>
    );
  }
  return (
    <div className={GRID}>
      {data.items.map((product) => (
        <ProductCard key={product.id} product={product} headingLevel="h2" />
      ))}
    </div>
  );
}
