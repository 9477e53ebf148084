import { useState } from "react";
import { useDispatch } from "react-redux";
import { failureOf } from "@/api/failure";
import { profileApi, type WhatToForget } from "@/api/profile-api";
import { announcer } from "@/lib/announcer";
import { toastShown } from "@/lib/toasts-slice";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { pageWords, words } from "@/lib/words/words";

type Question = { what: WhatToForget; title: string; text: string; answer: string };

function lastHour(): Question {
  const { hourQuestion: title, hourText: text, hour: answer } = pageWords.forgetting;
  return { what: { last: "hour" }, title, text, answer };
}

function everything(): Question {
  const { allQuestion: title, allText: text, all: answer } = pageWords.forgetting;
  return { what: {}, title, text, answer };
}

/** What no undo can bring back asks first. */
export function Forgetting() {
  const [question, setQuestion] = useState<Question>();
  const [forget, { isLoading }] = profileApi.useForgetMutation();
  const dispatch = useDispatch();
  const answer = async (what: WhatToForget) => {
    const result = await forget(what);
    setQuestion(undefined);
    const text = result.error ? failureOf(result.error).detail : pageWords.signals.forgotten;
    if (!result.error) announcer.announce(text);
    dispatch(toastShown({ text, tone: result.error ? "problem" : "plain" }));
  };
  return (
    <section aria-labelledby="forgetting">
      <h2 id="forgetting" className="text-22">
        {pageWords.forgetting.title}
      </h2>
      <div className="mt-4 flex flex-wrap gap-3">
        <a
          href="/api/v1/profile/download"
          download
          className="button inline-flex min-h-11 items-center rounded-full border border-line-strong px-5 py-2 font-semibold hover:border-ink hover:bg-wash"
        >
          {pageWords.forgetting.download}
        </a>
        <Button look="plain" onClick={() => setQuestion(lastHour())}>
          {pageWords.forgetting.hour}
        </Button>
        <Button look="plain" onClick={() => setQuestion(everything())}>
          {pageWords.forgetting.all}
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
              {words.shell.keep}
            </Button>
          </>
        }
      >
        <p>{question?.text}</p>
      </Dialog>
    </section>
  );
}
