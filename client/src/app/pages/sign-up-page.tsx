import { useSearchParams } from "react-router";
import { CartGlance } from "@/features/cart/cart-glance";
import { SignUpForm } from "@/features/accounts/sign-up-form";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/link";
import { PageTitle } from "@/ui/page-title";

export function SignUpPage() {
  const [search] = useSearchParams();
  const query = search.size > 0 ? `?${search.toString()}` : "";
  return (
    <div className="page py-8 md:py-12">
      <PageTitle>Create an account</PageTitle>
      <p className="mt-4 mb-8 max-w-[44ch] text-ink-2">
        Your cart, favorites and shelves stay as they are. Have one already?{" "}
        <Link className="link" to={paths.logIn + query}>
          Log in
        </Link>
      </p>
      <div className="grid gap-12 lg:grid-cols-[1.15fr_1fr]">
        <SignUpForm />
        <CartGlance />
      </div>
    </div>
  );
}
