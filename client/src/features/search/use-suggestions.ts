import { useEffect, useState } from "react";
import { useDispatch } from "react-redux";
import type { Suggestion } from "@/api/generated";
import { shopApi, type ApiDispatch } from "@/api/shop-api";

const PAUSE_MS = 120;
const NOTHING: Suggestion[] = [];

/**
 * Suggestions after a pause in typing. A question that is overtaken is aborted; until its successor is answered the
 * last list stays, so that nothing flickers under the hand.
 */
export function useSuggestions(typed: string): Suggestion[] {
  const dispatch = useDispatch<ApiDispatch>();
  const query = typed.trim().replaceAll(/\s+/g, " ");
  const [suggestions, setSuggestions] = useState(NOTHING);

  useEffect(() => {
    if (query === "") return undefined;
    const question = new AbortController();
    const ask = async () => {
      const request = dispatch(shopApi.endpoints.getSearchSuggest.initiate(query, { subscribe: false }));
      question.signal.addEventListener("abort", () => request.abort());
      const { data } = await request;
      // A failure is no news here: the form still searches for the words.
      if (!question.signal.aborted) setSuggestions(data?.suggestions ?? NOTHING);
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      question.abort();
    };
  }, [query, dispatch]);

  return query === "" ? NOTHING : suggestions;
}
