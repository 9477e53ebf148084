import { cart, favorites, merge } from "./de/cart";
import { card, found, grades, listing, product } from "./de/catalog";
import { attributes, categories, units } from "./de/names";
import { failures, fieldProblems, fieldRefused, problems } from "./de/problems";
import { home, notForMe, rails, reasons, search, shelfNotes } from "./de/shelves";
import { connection, faults, regions, shell } from "./de/shell";
import type { words as english } from "./en";
import type { GermanForms, Translated } from "./shape";

const around = { shell, regions, connection, faults, failures, problems, fieldProblems, fieldRefused };
const bench = { grades, card, listing, found, product, categories, attributes, units };
const own = { cart, favorites, merge, home, rails, reasons, shelfNotes, notForMe, search };

/** The shop says "du". */
export const words: Translated<typeof english, GermanForms> = { ...around, ...bench, ...own };
