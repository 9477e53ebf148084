import { shopApi } from "@/api/shop-api";
import { Field } from "@/ui/field";
import { AccountForm } from "./account-form";
import { RULES } from "./form-problems";
import { useSignedIn } from "./use-signed-in";

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
