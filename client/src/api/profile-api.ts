import { baseApi } from "./base-api";
import type { Exclusion, FeedbackIn, Forgotten, Profile, ProfilePatchIn, Settings } from "./generated";
import { learned } from "./learning-slice";

/** Impressions say what was shown, not what was liked: they are counted, and listed in the download. */
const LISTED = ["view", "click", "favorite", "cart_add", "purchase", "rating", "dismiss"];
const PAGE = 20;

export type WhatToForget = { signal: string } | { last: "hour" } | Record<string, never>;

/** The shopper's side comes with the first page or menu that offers it. */
export const profileApi = baseApi.injectEndpoints({
  endpoints: (build) => ({
    readProfile: build.infiniteQuery<Profile, void, string>({
      query: ({ pageParam }) => ({
        url: "/api/v1/profile",
        params: { type: LISTED, limit: PAGE, ...(pageParam !== "" && { cursor: pageParam }) },
      }),
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.nextCursor ?? undefined,
      },
      providesTags: ["Profile"],
      // What was done a moment ago belongs here too.
      keepUnusedDataFor: 0,
    }),
    turnDown: build.mutation<Exclusion, FeedbackIn>({
      query: (body) => ({ url: "/api/v1/recommendations/feedback", method: "POST", body }),
      invalidatesTags: ["Slates", "Profile"],
    }),
    takeBack: build.mutation<null, string>({
      query: (id) => ({
        url: `/api/v1/recommendations/feedback/${encodeURIComponent(id)}`,
        method: "DELETE",
      }),
      invalidatesTags: ["Slates", "Profile"],
    }),
    changeSwitches: build.mutation<Settings, ProfilePatchIn>({
      query: (body) => ({ url: "/api/v1/profile", method: "PATCH", body }),
      invalidatesTags: ["Slates", "Profile", "Session"],
    }),
    forget: build.mutation<Forgotten, WhatToForget>({
      query: (params) => ({ url: "/api/v1/profile", method: "DELETE", params }),
      invalidatesTags: ["Slates", "Profile"],
      onQueryStarted: async (_, { dispatch, queryFulfilled }) => {
        await queryFulfilled.then(
          () => dispatch(learned()),
          () => {},
        );
      },
    }),
  }),
});
