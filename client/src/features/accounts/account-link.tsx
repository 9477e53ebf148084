import { shopApi } from "@/api/shop-api";
import { paths } from "@/lib/paths";
import { Icon } from "@/ui/icon";
import { Link } from "@/ui/link";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

export function AccountLink() {
  const { data } = shopApi.useGetSessionQuery();
  const user = data?.user ?? null;
  return (
    <Link
      to={user === null ? paths.logIn : paths.account}
      className="button inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-full px-2.5 hover:bg-wash"
      aria-label={user === null ? words.shell.logIn : say(words.shell.accountOf, { name: user.displayName })}
    >
      <Icon name="person" />
      <span className="hidden max-w-32 truncate text-14 font-semibold lg:inline">
        {user === null ? words.shell.logIn : user.displayName}
      </span>
    </Link>
  );
}
