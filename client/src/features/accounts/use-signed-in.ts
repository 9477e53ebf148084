import { useDispatch } from "react-redux";
import { useNavigate, useSearchParams } from "react-router";
import type { SignedIn } from "@/api/generated";
import { shopApi, type ApiDispatch } from "@/api/shop-api";
import { safeReturnPath } from "@/lib/paths";
import { mergeReported } from "./merge-slice";

/** After the server agreed: the page that is opened next must already know who is here. */
export function useSignedIn() {
  const dispatch = useDispatch<ApiDispatch>();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return async ({ user, mergeReport }: SignedIn) => {
    dispatch(
      shopApi.util.updateQueryData("getSession", undefined, (session) => {
        session.user = user;
      }),
    );
    dispatch(mergeReported(mergeReport));
    await navigate(safeReturnPath(search.get("next")));
  };
}
