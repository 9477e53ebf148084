import { about, accounts, head } from "./ar/pages";
import { exclusions, forgetting, profile, signals, tastes } from "./ar/profile";
import type { pages as english } from "./en-pages";
import type { ArabicForms, Translated } from "./shape";

export const pages: Translated<typeof english, ArabicForms> = {
  about,
  accounts,
  profile,
  tastes,
  exclusions,
  signals,
  forgetting,
  head,
};
