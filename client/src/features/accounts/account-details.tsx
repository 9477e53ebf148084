import { useDispatch } from "react-redux";
import { useNavigate } from "react-router";
import { shopApi } from "@/api/shop-api";
import type { User } from "@/api/generated";
import { paths } from "@/lib/paths";
import { toastShown } from "@/lib/toasts-slice";
import { Button } from "@/ui/button";
import { Field } from "@/ui/field";
import { AccountForm } from "./account-form";
import { RULES } from "./form-problems";
import { formatDate } from "@/lib/words/say";
import { pageWords } from "@/lib/words/words";

const rules = [RULES.displayName];

export function AccountDetails({ user }: { user: User }) {
  const [updateMe, { isLoading }] = shopApi.useUpdateMeMutation();
  const [logOut, { isLoading: isLeaving }] = shopApi.useLogOutMutation();
  const dispatch = useDispatch();
  const navigate = useNavigate();

  const save = async (values: FormData) => {
    const { error } = await updateMe({ displayName: String(values.get("displayName")).trim() });
    if (error === undefined) dispatch(toastShown({ text: pageWords.accounts.nameSaved, tone: "plain" }));
    return error;
  };
  const leave = async () => {
    const { error } = await logOut();
    if (error === undefined) await navigate(paths.home);
  };

  return (
    <div className="grid gap-12">
      <dl className="grid max-w-md grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <dt className="text-ink-2">{pageWords.accounts.email}</dt>
        <dd>{user.email}</dd>
        <dt className="text-ink-2">{pageWords.accounts.memberSince}</dt>
        <dd>{formatDate(user.createdAt, "long")}</dd>
      </dl>
      <AccountForm rules={rules} submitLabel={pageWords.accounts.saveName} isBusy={isLoading} onSubmit={save}>
        {(errors) => (
          <Field
            label={pageWords.accounts.name}
            name="displayName"
            autoComplete="name"
            defaultValue={user.displayName}
            problem={errors["displayName"]}
          />
        )}
      </AccountForm>
      <div>
        <Button look="plain" isBusy={isLeaving} onClick={() => void leave()}>
          {pageWords.accounts.logOut}
        </Button>
      </div>
    </div>
  );
}
