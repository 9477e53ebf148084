import { IconButton } from "./button";
import { Icon } from "./icon";

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
      <IconButton label={`One less of ${label}`} onClick={() => onChange(quantity - 1)}>
        <Icon name="minus" size={16} />
      </IconButton>
      <span className="min-w-6 text-center font-semibold">{quantity}</span>
      {isFull ? (
        <span className="px-2 text-14 text-ink-2">all there {quantity === 1 ? "is" : "are"}</span>
      ) : (
        <IconButton label={`One more of ${label}`} onClick={() => onChange(quantity + 1)}>
          <Icon name="plus" size={16} />
        </IconButton>
      )}
    </span>
  );
}
