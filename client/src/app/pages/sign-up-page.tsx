import { useSearchParams } from "react-router";
import { CartGlance } from "@/features/cart/cart-glance";
import { SignUpForm } from "@/features/accounts/sign-up-form";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/link";
import { PageTitle } from "@/ui/page-title";
import { rich } from "@/ui/rich";
import { pageWords } from "@/lib/words/words";

export function SignUpPage() {
  const [search] = useSearchParams();
  const query = search.size > 0 ? `?${search.toString()}` : "";
  return (
    <div className="page py-8 md:py-12">
      <PageTitle>{pageWords.accounts.createAccount}</PageTitle>
      <p className="mt-4 mb-8 max-w-[44ch] text-ink-2">
        {rich(pageWords.accounts.signUpText, {
          link: (
            <Link className="link" to={paths.logIn + query}>
              {pageWords.accounts.logIn}
            </Link>
          ),
        })}
      </p>
      <div className="grid gap-12 lg:grid-cols-[1.15fr_1fr]">
        <SignUpForm />
        <CartGlance />
      </div>
    </div>
  );
}
