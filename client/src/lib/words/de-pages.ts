import { about, accounts, head } from "./de/pages";
import { exclusions, forgetting, profile, signals, tastes } from "./de/profile";
import type { pages as english } from "./en-pages";
import type { GermanForms, Translated } from "./shape";

export const pages: Translated<typeof english, GermanForms> = {
  about,
  accounts,
  profile,
  tastes,
  exclusions,
  signals,
  forgetting,
  head,
};
