import { shopApi } from "@/api/shop-api";
import { Field } from "@/ui/field";
import { AccountForm } from "./account-form";
import { RULES } from "./form-problems";
import { useSignedIn } from "./use-signed-in";
import { pageWords } from "@/lib/words/words";

const rules = [RULES.email, RULES.password];

export function LogInForm() {
  const [logIn, { isLoading }] = shopApi.useLogInMutation();
  const enter = useSignedIn();

  const submit = async (values: FormData) => {
    const { data, error } = await logIn({
      email: String(values.get("email")).trim(),
      password: String(values.get("password")),
    });
    if (data === undefined) return error;
    await enter(data);
    return undefined;
  };

  return (
    <AccountForm rules={rules} submitLabel={pageWords.accounts.logIn} isBusy={isLoading} onSubmit={submit}>
      {(errors) => (
        <>
          <Field
            label={pageWords.accounts.email}
            name="email"
            type="email"
            autoComplete="username"
            problem={errors["email"]}
          />
          <Field
            label={pageWords.accounts.password}
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
