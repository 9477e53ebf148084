import { FavoritesList } from "@/features/favorites/favorites-list";
import { PageTitle } from "@/ui/page-title";

export function FavoritesPage() {
  return (
    <div className="page grid gap-8 py-8 md:py-12">
      <PageTitle>Favorites</PageTitle>
      <FavoritesList />
    </div>
  );
}
