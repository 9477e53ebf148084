import { useDispatch } from "react-redux";
import { refusal } from "@/api/failure";
import type { Signal } from "@/api/generated";
import { profileApi } from "@/api/profile-api";
import { announcer } from "@/lib/announcer";
import { paths } from "@/lib/paths";
import { toastShown } from "@/lib/toasts-slice";
import { Button, IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Link } from "@/ui/link";
import { formatDate, formatFraction, inSentence, say, sayCount } from "@/lib/words/say";
import { pageWords } from "@/lib/words/words";
import { rich } from "@/ui/rich";

function weightOf({ weight, weightNow }: Signal): string {
  if (weight === 0) return pageWords.signals.weightless;
  const digits = weightNow < 0.1 ? 2 : 1;
  return say(pageWords.signals.weight, { weight, now: formatFraction(weightNow, digits) });
}

function SignalLine({ signal }: { signal: Signal }) {
  const [forget] = profileApi.useForgetMutation();
  const dispatch = useDispatch();
  const title = signal.product?.title ?? pageWords.signals.gone;
  const what = pageWords.signals.types[signal.type];
  const forgetIt = async () => {
    const result = await forget({ signal: signal.id });
    if (result.error) dispatch(toastShown(refusal(result.error)));
    else announcer.announce(pageWords.signals.forgotten);
  };
  return (
    <li className="flex items-center justify-between gap-4 border-t border-line py-2">
      <span className="min-w-0">
        <span className="block">
          {rich(pageWords.signals.did, {
            what,
            title:
              signal.product === null ? title : <Link to={paths.product(signal.product.id)}>{title}</Link>,
          })}
        </span>
        <span className="block text-14 text-ink-2">
          <time dateTime={signal.occurredAt}>{formatDate(signal.occurredAt, "medium")}</time>
          {" · "}
          {weightOf(signal)}
        </span>
      </span>
      <IconButton
        label={say(pageWords.signals.forget, { what: inSentence(what), title })}
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
        {pageWords.signals.title}
      </h2>
      {signals.length === 0 ? (
        <p className="mt-2 max-w-[66ch] text-ink-2">{pageWords.signals.none}</p>
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
            {pageWords.signals.older}
          </Button>
        </div>
      )}
      {impressions > 0 && (
        <p className="mt-4 max-w-[66ch] text-14 text-ink-2">
          {sayCount(pageWords.signals.impressions, impressions)}
        </p>
      )}
    </section>
  );
}
