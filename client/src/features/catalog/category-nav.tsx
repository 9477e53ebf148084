import { useLocation } from "react-router";
import { shopApi } from "@/api/shop-api";
import { parseFilters } from "@/lib/filters";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/link";
import { words } from "@/lib/words/words";
import { categoryName } from "@/lib/words/names";

const LINK =
  "quiet-link block py-2.5 whitespace-nowrap aria-[current=page]:font-semibold aria-[current=page]:underline aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8";

export function CategoryNav() {
  const { data } = shopApi.useListCategoriesQuery();
  const { pathname, search } = useLocation();
  const filters = parseFilters(new URLSearchParams(search));
  const isListing = pathname === "/products";
  const chosen = isListing && filters.category.length === 1 ? filters.category[0] : undefined;
  return (
    <nav aria-label={words.shell.categories} className="border-y border-line">
      <ul className="page flex min-h-11 gap-6 overflow-x-auto text-14 [scrollbar-width:none]">
        {data?.items
          .filter((category) => category.parentId === null)
          .map((category) => (
            <li key={category.id}>
              <Link
                to={paths.products({ category: [category.slug] })}
                className={LINK}
                aria-current={category.slug === chosen ? "page" : false}
              >
                {categoryName(category)}
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  );
}
