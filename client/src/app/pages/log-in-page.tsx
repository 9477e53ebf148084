import { useSearchParams } from "react-router";
import { CartGlance } from "@/features/cart/cart-glance";
import { LogInForm } from "@/features/accounts/log-in-form";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/link";
import { PageTitle } from "@/ui/page-title";
import { rich } from "@/ui/rich";
import { pageWords } from "@/lib/words/words";

export function LogInPage() {
  const [search] = useSearchParams();
  const query = search.size > 0 ? `?${search.toString()}` : "";
  return (
    <div className="page py-8 md:py-12">
      <PageTitle>{pageWords.accounts.logIn}</PageTitle>
      <p className="mt-4 mb-8 max-w-[44ch] text-ink-2">
        {rich(pageWords.accounts.logInText, {
          link: (
            <Link className="link" to={paths.signUp + query}>
              {pageWords.accounts.createAccount}
            </Link>
          ),
        })}
      </p>
      <div className="grid gap-12 lg:grid-cols-[1.15fr_1fr]">
        <LogInForm />
        <CartGlance />
      </div>
    </div>
  );
}
