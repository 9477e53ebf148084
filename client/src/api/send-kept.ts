import type { Kept, Outcome } from "@/lib/outbox";
import { send, type Answer } from "./base-api";
import type { Cart } from "./generated";
import type { KeptWrite } from "./keep";
import type { Problem } from "./problem";

const LINES = "/api/v1/cart/lines";

/** Without a connection, or with a busy shop, a write waits; any other refusal is final and told. */
function outcomeOf(
  { problem }: { problem: Problem | undefined },
  refused: (problem: Problem) => void,
): Outcome {
  if (problem === undefined) return "settled";
  if (problem.status === 0 || problem.status === 429 || problem.status >= 500) return "later";
  // What is gone already needs no removing.
  if (problem.status !== 404) refused(problem);
  return "settled";
}

async function setQuantity(product: string, quantity: number): Promise<Answer> {
  const read = await send({ url: "/api/v1/cart" });
  if ("error" in read) return read;
  const line = (read.data as Cart).lines.find((known) => known.product.id === product);
  if (line === undefined) return { data: null };
  const url = `${LINES}/${encodeURIComponent(line.id)}`;
  return send(quantity === 0 ? { url, method: "DELETE" } : { url, method: "PATCH", body: { quantity } });
}

function answerTo({ id, write }: Kept<KeptWrite>): Promise<Answer> {
  const { product } = write;
  if (write.kind === "quantity") return setQuantity(product.id, write.quantity);
  if (write.kind === "favorite") {
    const url = `/api/v1/favorites/${encodeURIComponent(product.id)}`;
    return send({ url, method: write.isSaved ? "PUT" : "DELETE" });
  }
  return send({
    url: LINES,
    method: "POST",
    body: { productId: product.id, quantity: write.quantity },
    // The answer to an earlier try may have been lost: the shop knows the write by this and does it once.
    headers: { "Idempotency-Key": id },
  });
}

/** Sends one kept write. */
export async function deliver(
  kept: Kept<KeptWrite>,
  refused: (write: KeptWrite, problem: Problem) => void,
): Promise<Outcome> {
  const answer = await answerTo(kept);
  return outcomeOf({ problem: "error" in answer ? answer.error : undefined }, (problem) =>
    refused(kept.write, problem),
  );
}
