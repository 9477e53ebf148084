import { shopApi } from "@/api/shop-api";
import { paths } from "@/lib/paths";
import { Icon } from "@/ui/icon";
import { Link } from "@/ui/link";

export function AccountLink() {
  const { data } = shopApi.useGetSessionQuery();
  const user = data?.user ?? null;
  return (
    <Link
      to={user === null ? paths.logIn : paths.account}
      className="button inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-full px-2.5 hover:bg-wash"
      aria-label={user === null ? "Log in" : `Account of ${user.displayName}`}
    >
      <Icon name="person" />
      <span className="hidden max-w-32 truncate text-14 font-semibold lg:inline">
        {user === null ? "Log in" : user.displayName}
      </span>
    </Link>
  );
}
