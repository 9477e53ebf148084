import { about, accounts, head } from "./en/pages";
import { exclusions, forgetting, profile, signals, tastes } from "./en/profile";

/** The texts of the pages that few visits open. */
export const pages = { about, accounts, profile, tastes, exclusions, signals, forgetting, head } as const;
