import { cart, favorites, merge } from "./en/cart";
import { attributes, card, categories, found, grades, listing, product, units } from "./en/catalog";
import { failures, fieldProblems, fieldRefused, problems } from "./en/problems";
import { home, notForMe, rails, reasons, search, shelfNotes } from "./en/shelves";
import { connection, faults, regions, shell } from "./en/shell";

const around = { shell, regions, connection, faults, failures, problems, fieldProblems, fieldRefused };
const bench = { grades, card, listing, found, product, categories, attributes, units };
const own = { cart, favorites, merge, home, rails, reasons, shelfNotes, notForMe, search };

/** Every text of the shop but those of the pages in `en-pages.ts`. The other languages are measured by this one. */
export const words = { ...around, ...bench, ...own } as const;
