import { useState } from "react";
import { useDispatch } from "react-redux";
import { failureOf } from "@/api/failure";
import { profileApi, type WhatToForget } from "@/api/profile-api";
import { announcer } from "@/lib/announcer";
import { toastShown } from "@/lib/toasts-slice";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

type Question = { what: WhatToForget; title: string; text: string; answer: string };

const LAST_HOUR: Question = {
  what: { last: "hour" },
  title: "Forget the last hour?",
  text: "What you opened, chose, saved and left out within the last hour is deleted, with the shelves that were shown because of it. This cannot be undone.",
  answer: "Forget the last hour",
};
const EVERYTHING: Question = {
  what: {},
  title: "Forget everything?",
  text: "All that is listed on this page is deleted, here and in the model with its next fit. Your cart and your favorites stay. This cannot be undone.",
  answer: "Forget everything",
};

/** What no undo can bring back asks first. */
export function Forgetting() {
  const [question, setQuestion] = useState<Question>();
  const [forget, { isLoading }] = profileApi.useForgetMutation();
  const dispatch = useDispatch();
  const answer = async (what: WhatToForget) => {
    const result = await forget(what);
    setQuestion(undefined);
    const text = result.error ? failureOf(result.error).detail : "Forgotten.";
    if (!result.error) announcer.announce(text);
    dispatch(toastShown({ text, tone: result.error ? "problem" : "plain" }));
  };
  return (
    <section aria-labelledby="forgetting">
      <h2 id="forgetting" className="text-22">
        Take it with you, or have it forgotten
      </h2>
      <div className="mt-4 flex flex-wrap gap-3">
        <a
          href="/api/v1/profile/download"
          download
          className="button inline-flex min-h-11 items-center rounded-full border border-line-strong px-5 py-2 font-semibold hover:border-ink hover:bg-wash"
        >
          Download all of it
        </a>
        <Button look="plain" onClick={() => setQuestion(LAST_HOUR)}>
          Forget the last hour
        </Button>
        <Button look="plain" onClick={() => setQuestion(EVERYTHING)}>
          Forget everything
        </Button>
      </div>
      <Dialog
        title={question?.title ?? ""}
        isOpen={question !== undefined}
        onClose={() => setQuestion(undefined)}
        actions={
          <>
            <Button
              isBusy={isLoading}
              onClick={() => {
                if (question !== undefined) void answer(question.what);
              }}
            >
              {question?.answer}
            </Button>
            <Button look="plain" onClick={() => setQuestion(undefined)}>
              Keep it
            </Button>
          </>
        }
      >
        <p>{question?.text}</p>
      </Dialog>
    </section>
  );
}
