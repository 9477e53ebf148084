import { FavoritesList } from "@/features/favorites/favorites-list";
import { PageTitle } from "@/ui/page-title";
import { words } from "@/lib/words/words";

export function FavoritesPage() {
  return (
    <div className="page grid gap-8 py-8 md:py-12">
      <PageTitle>{words.favorites.title}</PageTitle>
      <FavoritesList />
    </div>
  );
}
