import { shopApi } from "@/api/shop-api";
import { Field } from "@/ui/field";
import { AccountForm } from "./account-form";
import { RULES } from "./form-problems";
import { useSignedIn } from "./use-signed-in";
import { pageWords } from "@/lib/words/words";

const rules = [RULES.displayName, RULES.email, RULES.newPassword];

export function SignUpForm() {
  const [signUp, { isLoading }] = shopApi.useSignUpMutation();
  const enter = useSignedIn();

  const submit = async (values: FormData) => {
    const { data, error } = await signUp({
      email: String(values.get("email")).trim(),
      password: String(values.get("password")),
      displayName: String(values.get("displayName")).trim(),
    });
    if (data === undefined) return error;
    await enter(data);
    return undefined;
  };

  return (
    <AccountForm rules={rules} submitLabel={pageWords.accounts.create} isBusy={isLoading} onSubmit={submit}>
      {(errors) => (
        <>
          <Field
            label={pageWords.accounts.name}
            name="displayName"
            autoComplete="name"
            problem={errors["displayName"]}
          />
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
            autoComplete="new-password"
            hint={pageWords.accounts.passwordHint}
            problem={errors["password"]}
          />
        </>
      )}
    </AccountForm>
  );
}
