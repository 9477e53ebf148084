import { useDispatch } from "react-redux";
import { useNavigate, useSearchParams } from "react-router";
import { shopApi } from "@/api/shop-api";
import { safeReturnPath } from "@/lib/paths";
import { Field } from "@/ui/field";
import { AccountForm } from "./account-form";
import { RULES } from "./form-problems";
import { mergeReported } from "./merge-slice";

const rules = [RULES.email, RULES.password];

export function LogInForm() {
  const [logIn, { isLoading }] = shopApi.useLogInMutation();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const dispatch = useDispatch();

  const submit = async (values: FormData) => {
    const { data, error } = await logIn({
      email: String(values.get("email")).trim(),
      password: String(values.get("password")),
    });
    if (data === undefined) return error;
    dispatch(mergeReported(data.mergeReport));
    await navigate(safeReturnPath(search.get("next")));
    return undefined;
  };

  return (
    <AccountForm rules={rules} submitLabel="Log in" isBusy={isLoading} onSubmit={submit}>
      {(errors) => (
        <>
          <Field label="Email" name="email" type="email" autoComplete="username" problem={errors["email"]} />
          <Field
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            problem={errors["password"]}
          />
        </>
      )}
    </AccountForm>
  );
}
