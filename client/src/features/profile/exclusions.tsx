import { useDispatch } from "react-redux";
import { failureOf } from "@/api/failure";
import type { Exclusion } from "@/api/generated";
import { profileApi } from "@/api/profile-api";
import { announcer } from "@/lib/announcer";
import { toastShown } from "@/lib/toasts-slice";
import { Button } from "@/ui/button";

export function Exclusions({ exclusions }: { exclusions: Exclusion[] }) {
  const [takeBack] = profileApi.useTakeBackMutation();
  const dispatch = useDispatch();
  const again = async (id: string) => {
    const result = await takeBack(id);
    if (result.error) dispatch(toastShown({ text: failureOf(result.error).detail, tone: "problem" }));
    else announcer.announce("It may be suggested again.");
  };
  return (
    <section aria-labelledby="exclusions">
      <h2 id="exclusions" className="text-22">
        Not for me
      </h2>
      {exclusions.length === 0 ? (
        <p className="mt-2 max-w-[66ch] text-ink-2">
          Nothing is left out. The three dots on a suggested listing leave out that listing, its model, its
          maker or its kind.
        </p>
      ) : (
        <ul className="mt-3 max-w-2xl border-b border-line">
          {exclusions.map(({ id, text }) => (
            <li key={id} className="flex items-center justify-between gap-4 border-t border-line py-2">
              <span className="min-w-0">{text}</span>
              <Button look="quiet" aria-label={`Suggest again: ${text}`} onClick={() => void again(id)}>
                Suggest again
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
