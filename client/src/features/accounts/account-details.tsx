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

const rules = [RULES.displayName];
const dates = new Intl.DateTimeFormat("en", { dateStyle: "long" });

export function AccountDetails({ user }: { user: User }) {
  const [updateMe, { isLoading }] = shopApi.useUpdateMeMutation();
  const [logOut, { isLoading: isLeaving }] = shopApi.useLogOutMutation();
  const dispatch = useDispatch();
  const navigate = useNavigate();

  const save = async (values: FormData) => {
    const { error } = await updateMe({ displayName: String(values.get("displayName")).trim() });
    if (error === undefined) dispatch(toastShown({ text: "Name saved", tone: "plain" }));
    return error;
  };
  const leave = async () => {
    const { error } = await logOut();
    if (error === undefined) await navigate(paths.home);
  };

  return (
    <div className="grid gap-12">
      <dl className="grid max-w-md grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <dt className="text-ink-2">Email</dt>
        <dd>{user.email}</dd>
        <dt className="text-ink-2">Member since</dt>
        <dd>{dates.format(new Date(user.createdAt))}</dd>
      </dl>
      <AccountForm rules={rules} submitLabel="Save name" isBusy={isLoading} onSubmit={save}>
        {(errors) => (
          <Field
            label="Name"
            name="displayName"
            autoComplete="name"
            defaultValue={user.displayName}
            problem={errors["displayName"]}
          />
        )}
      </AccountForm>
      <div>
        <Button look="plain" isBusy={isLeaving} onClick={() => void leave()}>
          Log out
        </Button>
      </div>
    </div>
  );
}
