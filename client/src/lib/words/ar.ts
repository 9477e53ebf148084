import { cart, favorites, merge } from "./ar/cart";
import { card, found, grades, listing, product } from "./ar/catalog";
import { attributes, categories, units } from "./ar/names";
import { failures, fieldProblems, fieldRefused, problems } from "./ar/problems";
import { home, notForMe, rails, reasons, search, shelfNotes } from "./ar/shelves";
import { connection, faults, regions, shell } from "./ar/shell";
import type { words as english } from "./en";
import type { ArabicForms, Translated } from "./shape";

const around = { shell, regions, connection, faults, failures, problems, fieldProblems, fieldRefused };
const bench = { grades, card, listing, found, product, categories, attributes, units };
const own = { cart, favorites, merge, home, rails, reasons, shelfNotes, notForMe, search };

/** Modern Standard Arabic, in all six plural forms. */
export const words: Translated<typeof english, ArabicForms> = { ...around, ...bench, ...own };
