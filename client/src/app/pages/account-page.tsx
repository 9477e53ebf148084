import { Navigate } from "react-router";
import { failureOf } from "@/api/failure";
import { shopApi } from "@/api/shop-api";
import { AccountDetails } from "@/features/accounts/account-details";
import { paths } from "@/lib/paths";
import { PageTitle } from "@/ui/page-title";
import { LineSkeletons } from "@/ui/skeletons";
import { ErrorState } from "@/ui/states";
import { pageWords } from "@/lib/words/words";

function AccountContent() {
  const { data, error, refetch } = shopApi.useGetSessionQuery();
  if (data === undefined) {
    if (error !== undefined) return <ErrorState failure={failureOf(error)} onRetry={() => void refetch()} />;
    return <LineSkeletons widths={["w-1/2", "w-1/3"]} />;
  }
  if (data.user === null) return <Navigate to={`${paths.logIn}?next=${paths.account}`} replace />;
  return <AccountDetails key={data.user.id} user={data.user} />;
}

export function AccountPage() {
  return (
    <div className="page grid gap-8 py-8 md:py-12">
      <PageTitle>{pageWords.accounts.account}</PageTitle>
      <AccountContent />
    </div>
  );
}
