import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import { keepWrite } from "@/lib/outbox";
import { toastShown } from "@/lib/toasts-slice";
import type { Card } from "./generated";
import { isProblem } from "./problem";
import { words } from "@/lib/words/words";

/** A write in words that still hold when it is sent later: by product, with the quantity that is wanted. */
export type KeptWrite =
  | { kind: "add"; product: Card; quantity: number }
  | { kind: "quantity"; product: Card; quantity: number }
  | { kind: "favorite"; product: Card; isSaved: boolean };

/** The connection was missing: told here, once for all writes. */
export function isOffline(error: unknown): boolean {
  return isProblem(error) && error.code === "offline";
}

/** Keeps a write whose answer never came; false when it must be taken back, because it was refused or cannot be kept. */
export function keptInstead(
  failure: unknown,
  write: KeptWrite | undefined,
  dispatch: ThunkDispatch<unknown, unknown, UnknownAction>,
): boolean {
  const { error } = failure as { error?: unknown };
  if (!isOffline(error)) return false;
  const isKept = write !== undefined && keepWrite(write);
  const text = isKept ? words.connection.keptNow : words.connection.notKept;
  dispatch(toastShown({ text, tone: isKept ? "plain" : "problem" }));
  return isKept;
}
