import { IconButton } from "./button";
import { Icon } from "./icon";
import { formatCount, formOf, say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

type QuantityStepperProps = {
  label: string;
  quantity: number;
  maximum: number;
  onChange: (quantity: number) => void;
};

/** One unit up or down; a reached limit is said in words instead of a dead button. */
export function QuantityStepper({ label, quantity, maximum, onChange }: QuantityStepperProps) {
  const isFull = quantity >= maximum;
  return (
    <span className="inline-flex items-center">
      <IconButton label={say(words.cart.less, { label })} onClick={() => onChange(quantity - 1)}>
        <Icon name="minus" size={16} />
      </IconButton>
      <span className="min-w-6 text-center font-semibold">{formatCount(quantity)}</span>
      {isFull ? (
        <span className="px-2 text-14 text-ink-2">{formOf(words.cart.allThere, quantity)}</span>
      ) : (
        <IconButton label={say(words.cart.more, { label })} onClick={() => onChange(quantity + 1)}>
          <Icon name="plus" size={16} />
        </IconButton>
      )}
    </span>
  );
}
