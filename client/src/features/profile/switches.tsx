import { useId } from "react";
import { useDispatch } from "react-redux";
import { refusal } from "@/api/failure";
import type { Profile } from "@/api/generated";
import { profileApi } from "@/api/profile-api";
import { toastShown } from "@/lib/toasts-slice";
import { pageWords } from "@/lib/words/words";

type SwitchProps = { label: string; text: string; isOn: boolean; onChange: (isOn: boolean) => void };

function Switch({ label, text, isOn, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex max-w-2xl items-start gap-4 border-t border-line py-4">
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        aria-describedby={`${id}-text`}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-6 shrink-0 accent-(--color-action)"
      />
      <div>
        <label htmlFor={id} className="block cursor-pointer font-semibold">
          {label}
        </label>
        <p id={`${id}-text`} className="text-ink-2">
          {text}
        </p>
      </div>
    </div>
  );
}

export function Switches({ profile }: { profile: Profile }) {
  const [change] = profileApi.useChangeSwitchesMutation();
  const dispatch = useDispatch();
  const turn = async (switches: { paused?: boolean; sameForEveryone?: boolean }) => {
    const result = await change(switches);
    if (result.error) dispatch(toastShown(refusal(result.error)));
  };
  return (
    <div className="mt-6 max-w-2xl border-b border-line">
      <Switch
        label={pageWords.profile.pause}
        text={pageWords.profile.pauseText}
        isOn={profile.paused}
        onChange={(paused) => void turn({ paused })}
      />
      <Switch
        label={pageWords.profile.everyone}
        text={pageWords.profile.everyoneText}
        isOn={profile.sameForEveryone}
        onChange={(sameForEveryone) => void turn({ sameForEveryone })}
      />
    </div>
  );
}
