import { paths } from "@/lib/paths";
import { Icon } from "@/ui/icon";
import { Link } from "@/ui/link";
import { useFavorites } from "./use-favorites";
import { sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";

export function FavoritesLink() {
  const { data } = useFavorites();
  const count = data?.items.length ?? 0;
  return (
    <Link
      to={paths.favorites}
      className="button relative grid size-11 place-items-center rounded-full hover:bg-wash"
      aria-label={count === 0 ? words.favorites.title : sayCount(words.favorites.saved, count)}
      title={words.favorites.title}
    >
      <Icon name="heart" isFilled={count > 0} />
    </Link>
  );
}
