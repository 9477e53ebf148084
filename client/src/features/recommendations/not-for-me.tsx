import { lazy, Suspense, useRef, useState } from "react";
import type { ProductSummary } from "@/lib/product-summary";
import type { SlatePlace } from "@/lib/tracking/tracker";
import { Icon } from "@/ui/icon";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

const Scopes = lazy(async () => ({ default: (await import("./not-for-me-scopes")).NotForMeScopes }));

/** On cards that the shop chose: a way to say that the choice was wrong. The question comes when it is asked for. */
export function NotForMe({ product, place }: { product: ProductSummary; place: SlatePlace }) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        aria-label={say(words.notForMe.named, { title: product.title })}
        title={words.notForMe.title}
        onClick={() => setIsOpen(true)}
        className="button grid size-11 place-items-center rounded-full text-ink hover:bg-surface"
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Scopes product={product} place={place} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
