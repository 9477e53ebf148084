import { AccountLink } from "@/features/accounts/account-link";
import { CartButton } from "@/features/cart/cart-button";
import { CategoryNav } from "@/features/catalog/category-nav";
import { FavoritesLink } from "@/features/favorites/favorites-link";
import { SearchForm } from "@/features/search/search-form";
import { paths } from "@/lib/paths";
import { Icon } from "@/ui/icon";
import { Link } from "@/ui/link";
import { Wordmark } from "@/ui/wordmark";
import { words } from "@/lib/words/words";

export function Header() {
  return (
    <header>
      <div className="page flex flex-wrap items-center gap-x-4 gap-y-2 py-3 md:flex-nowrap md:gap-x-8">
        <Link to={paths.home} aria-label={words.shell.home} className="rounded-field py-1">
          <Wordmark />
        </Link>
        <div className="order-last w-full md:order-none md:max-w-xl md:grow">
          <SearchForm />
        </div>
        <div className="ms-auto flex items-center">
          <AccountLink />
          <Link
            to={paths.you}
            className="button grid size-11 place-items-center rounded-full hover:bg-wash"
            aria-label={words.shell.you}
            title={words.shell.you}
          >
            <Icon name="eye" />
          </Link>
          <FavoritesLink />
          <CartButton />
        </div>
      </div>
      <CategoryNav />
    </header>
  );
}
