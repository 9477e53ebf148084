import { useDispatch } from "react-redux";
import { refusal } from "@/api/failure";
import type { Exclusion } from "@/api/generated";
import { profileApi } from "@/api/profile-api";
import { announcer } from "@/lib/announcer";
import { toastShown } from "@/lib/toasts-slice";
import { Button } from "@/ui/button";
import { say } from "@/lib/words/say";
import { pageWords } from "@/lib/words/words";
import { exclusionText } from "@/lib/words/names";

export function Exclusions({ exclusions }: { exclusions: Exclusion[] }) {
  const [takeBack] = profileApi.useTakeBackMutation();
  const dispatch = useDispatch();
  const again = async (id: string) => {
    const result = await takeBack(id);
    if (result.error) dispatch(toastShown(refusal(result.error)));
    else announcer.announce(pageWords.exclusions.mayAgain);
  };
  return (
    <section aria-labelledby="exclusions">
      <h2 id="exclusions" className="text-22">
        {pageWords.exclusions.title}
      </h2>
      {exclusions.length === 0 ? (
        <p className="mt-2 max-w-[66ch] text-ink-2">{pageWords.exclusions.none}</p>
      ) : (
        <ul className="mt-3 max-w-2xl border-b border-line">
          {exclusions.map(({ id, scope, product }) => {
            const what = exclusionText(scope, product);
            return (
              <li key={id} className="flex items-center justify-between gap-4 border-t border-line py-2">
                <span className="min-w-0">{what}</span>
                <Button
                  look="quiet"
                  aria-label={say(pageWords.exclusions.againNamed, { what })}
                  onClick={() => void again(id)}
                >
                  {pageWords.exclusions.again}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
