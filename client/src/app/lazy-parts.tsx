import { lazy } from "react";
import { useSelector } from "react-redux";
import { selectMergeReport } from "@/features/accounts/merge-slice";
import { selectIsCartOpen } from "@/features/cart/cart-slice";
import { selectToasts } from "@/lib/toasts-slice";
import { useConnection } from "./use-connection";
import { LazyPart } from "@/ui/lazy-part";
import { useEverTrue } from "@/lib/use-ever-true";
import { words } from "@/lib/words/words";

/** Parts of the frame that no page needs before somebody acts. They are fetched while the browser is idle. */
const loadDrawer = () => import("@/features/cart/cart-drawer");
const loadMergeNote = () => import("@/features/accounts/merge-note");
const loadBanner = () => import("./connection-banner");
const loadToasts = () => import("./toasts");

const CartDrawer = lazy(async () => ({ default: (await loadDrawer()).CartDrawer }));
const ConnectionBanner = lazy(async () => ({ default: (await loadBanner()).ConnectionBanner }));
const MergeNote = lazy(async () => ({ default: (await loadMergeNote()).MergeNote }));
const Toasts = lazy(async () => ({ default: (await loadToasts()).Toasts }));

export function LazyCartDrawer() {
  const wasOpened = useEverTrue(useSelector(selectIsCartOpen));
  if (!wasOpened) return null;
  return (
    <LazyPart fault={words.regions.cart}>
      <CartDrawer />
    </LazyPart>
  );
}

export function LazyConnectionBanner() {
  const connection = useConnection();
  const wasNeeded = useEverTrue(!connection.isOnline || connection.kept > 0);
  if (!wasNeeded) return null;
  return (
    <LazyPart fault={words.regions.connection}>
      <ConnectionBanner {...connection} />
    </LazyPart>
  );
}

export function LazyMergeNote() {
  if (useSelector(selectMergeReport) === null) return null;
  return (
    <LazyPart fault={words.regions.merge}>
      <MergeNote />
    </LazyPart>
  );
}

export function LazyToasts() {
  if (useSelector(selectToasts).length === 0) return null;
  return (
    <LazyPart fault={words.regions.notes}>
      <Toasts />
    </LazyPart>
  );
}

function fetchParts(): void {
  for (const load of [loadDrawer, loadBanner, loadToasts]) void load().catch(() => undefined);
}

/** Fetches the parts once the page stands, so that a first press opens them at once, also without a connection. */
export function fetchPartsWhenIdle(): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(fetchParts, { timeout: 5000 });
  else setTimeout(fetchParts, 2000);
}
