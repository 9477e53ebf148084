import { Fragment, type ReactNode } from "react";
import type { NamesIn } from "@/lib/words/say";

/** Puts elements into the places of a text: a link has its place in the sentence, and every language puts it elsewhere. */
export function rich<const T extends string>(text: T, parts: Record<NamesIn<T>, ReactNode>): ReactNode {
  return text.split(/(\{\w+\})/).map((piece, index) => {
    const isPlace = piece.startsWith("{");
    const name = piece.slice(1, -1) as NamesIn<T>;
    return <Fragment key={index}>{isPlace ? parts[name] : piece}</Fragment>;
  });
}
