import type { Forms } from "./say";

/** What a catalogue of another language must hold: every text of the English one, in that language's own plural forms. */
export type Translated<T, F extends Forms> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends { other: string }
      ? F
      : string extends keyof T[K]
        ? T[K]
        : Translated<T[K], F>;
};

export type GermanForms = { one: string; other: string };
export type ArabicForms = Record<Intl.LDMLPluralRule, string>;
