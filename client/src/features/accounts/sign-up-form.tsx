import { useDispatch } from "react-redux";
import { useNavigate, useSearchParams } from "react-router";
import { shopApi } from "@/api/shop-api";
import { safeReturnPath } from "@/lib/paths";
import { Field } from "@/ui/field";
import { AccountForm } from "./account-form";
import { RULES } from "./form-problems";
import { mergeReported } from "./merge-slice";

const rules = [RULES.displayName, RULES.email, RULES.newPassword];

export function SignUpForm() {
  const [signUp, { isLoading }] = shopApi.useSignUpMutation();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const dispatch = useDispatch();

  const submit = async (values: FormData) => {
    const { data, error } = await signUp({
      email: String(values.get("email")).trim(),
      password: String(values.get("password")),
      displayName: String(values.get("displayName")).trim(),
    });
    if (data === undefined) return error;
    dispatch(mergeReported(data.mergeReport));
    await navigate(safeReturnPath(search.get("next")));
    return undefined;
  };

  return (
    <AccountForm rules={rules} submitLabel="Create account" isBusy={isLoading} onSubmit={submit}>
      {(errors) => (
        <>
          <Field label="Name" name="displayName" autoComplete="name" problem={errors["displayName"]} />
          <Field label="Email" name="email" type="email" autoComplete="username" problem={errors["email"]} />
          <Field
            label="Password"
            name="password"
            type="password"
            autoComplete="new-password"
            hint="At least 10 characters. A sentence is a good one."
            problem={errors["password"]}
          />
        </>
      )}
    </AccountForm>
  );
}
