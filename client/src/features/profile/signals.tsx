import { useDispatch } from "react-redux";
import { failureOf } from "@/api/failure";
import type { Signal } from "@/api/generated";
import { profileApi } from "@/api/profile-api";
import { announcer } from "@/lib/announcer";
import { paths } from "@/lib/paths";
import { toastShown } from "@/lib/toasts-slice";
import { Button, IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Link } from "@/ui/link";

const WORDS: Record<Signal["type"], string> = {
  view: "Opened",
  click: "Chosen from a shelf",
  favorite: "Saved",
  cart_add: "Put into the cart",
  purchase: "Bought",
  rating: "Rated",
  dismiss: "Not for me",
  impression: "Shown",
};

const time = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

function weightOf({ weight, weightNow }: Signal): string {
  if (weight === 0) return "counts nothing";
  return `weight ${String(weight)}, counts ${weightNow.toFixed(weightNow < 0.1 ? 2 : 1)} today`;
}

function SignalLine({ signal }: { signal: Signal }) {
  const [forget] = profileApi.useForgetMutation();
  const dispatch = useDispatch();
  const title = signal.product?.title ?? "A listing that is gone";
  const forgetIt = async () => {
    const result = await forget({ signal: signal.id });
    if (result.error) dispatch(toastShown({ text: failureOf(result.error).detail, tone: "problem" }));
    else announcer.announce("Forgotten.");
  };
  return (
    <li className="flex items-center justify-between gap-4 border-t border-line py-2">
      <span className="min-w-0">
        <span className="block">
          {WORDS[signal.type]}:{" "}
          {signal.product === null ? title : <Link to={paths.product(signal.product.id)}>{title}</Link>}
        </span>
        <span className="block text-14 text-ink-2">
          <time dateTime={signal.occurredAt}>{time.format(new Date(signal.occurredAt))}</time>
          {" · "}
          {weightOf(signal)}
        </span>
      </span>
      <IconButton
        label={`Forget: ${WORDS[signal.type].toLowerCase()} ${title}`}
        onClick={() => void forgetIt()}
      >
        <Icon name="close" size={18} />
      </IconButton>
    </li>
  );
}

type Props = {
  signals: Signal[];
  impressions: number;
  onOlder: (() => void) | undefined;
  isBusy: boolean;
};

export function Signals({ signals, impressions, onOlder, isBusy }: Props) {
  return (
    <section aria-labelledby="signals">
      <h2 id="signals" className="text-22">
        What is kept
      </h2>
      {signals.length === 0 ? (
        <p className="mt-2 max-w-[66ch] text-ink-2">Nothing you did is kept.</p>
      ) : (
        <ul className="mt-3 max-w-2xl border-b border-line">
          {signals.map((signal) => (
            <SignalLine key={signal.id} signal={signal} />
          ))}
        </ul>
      )}
      {onOlder !== undefined && (
        <div className="mt-4">
          <Button look="plain" isBusy={isBusy} onClick={onOlder}>
            Show older
          </Button>
        </div>
      )}
      {impressions > 0 && (
        <p className="mt-4 max-w-[66ch] text-14 text-ink-2">
          Besides, {impressions} times a listing was shown to you. That says nothing about your taste; the
          download lists it.
        </p>
      )}
    </section>
  );
}
