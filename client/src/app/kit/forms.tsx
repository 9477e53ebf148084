import { useState } from "react";
import { FIELD, stepOf, type Step } from "@/lib/combobox";
import { useFieldEvents } from "@/lib/use-field-events";
import { ComboboxList } from "@/ui/combobox-list";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { QuantityStepper } from "@/ui/quantity-stepper";
import { Select } from "@/ui/select";
import { Specimen, State, States } from "./specimen";

const SORTS = [
  { value: "popular", label: "Popular" },
  { value: "newest", label: "Newest" },
];
const MAKERS = ["Aerie", "Halden", "Keld", "Obscur", "Quickfoot"];
const NO_ENTRIES: never[] = [];
const LIST_ID = "kit-makers";
const optionId = (place: number) => `${LIST_ID}-${String(place)}`;

type ListShown = { isOpen: boolean; activeId: string | undefined };
type MakerListProps = {
  input: HTMLInputElement;
  onState: (state: ListShown) => void;
  onMaker: (maker: string) => void;
};

function MakerList({ input, onState, onMaker }: MakerListProps) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(FIELD);
  const [isOpen, setIsOpen] = useState(true);
  const found = MAKERS.filter((maker) => maker.toLowerCase().includes(typed.toLowerCase()));
  const show = (place: number, isShown = true) => {
    setActive(place);
    setIsOpen(isShown);
    onState({ isOpen: isShown, activeId: isShown && place !== FIELD ? optionId(place) : undefined });
  };
  const choose = (place: number) => {
    const maker = found[place];
    if (maker !== undefined) onMaker(maker);
    show(FIELD, false);
  };
  const take = (step: Step) => {
    if (step.kind === "move") show(step.active);
    if (step.kind === "choose") choose(active);
    if (step.kind === "close") show(FIELD, false);
  };
  useFieldEvents(input, {
    onReady: () => {},
    onKey: (event) => {
      const step = stepOf(event.key, { isOpen, active, count: found.length });
      if (step === null || step.kind === "remove") return;
      event.preventDefault();
      take(step);
    },
    onTyped: () => {
      setTyped(input.value);
      show(FIELD);
    },
    onPress: () => show(FIELD),
    onLeave: () => show(FIELD, false),
    onSubmit: () => {},
  });
  if (!isOpen || found.length === 0) return null;
  return (
    <div className="popup static! mt-1">
      <ComboboxList
        id={LIST_ID}
        label="Makers"
        groups={[
          {
            title: "Makers",
            options: found.map((maker, place) => ({ id: optionId(place), content: maker })),
          },
        ]}
        activeId={active === FIELD ? undefined : optionId(active)}
        onPoint={(id) => show(found.findIndex((_, place) => optionId(place) === id))}
        onChoose={(id) => choose(found.findIndex((_, place) => optionId(place) === id))}
      />
    </div>
  );
}

function MakerCombobox() {
  const [input, setInput] = useState<HTMLInputElement | null>(null);
  const [list, setList] = useState<ListShown>({ isOpen: true, activeId: undefined });
  const [maker, setMaker] = useState("");
  return (
    <form className="w-72" onSubmit={(event) => event.preventDefault()}>
      <label className="font-semibold" htmlFor="kit-maker">
        Maker
      </label>
      <input
        ref={setInput}
        id="kit-maker"
        className="field"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={list.isOpen}
        aria-controls={LIST_ID}
        autoComplete="off"
        value={maker}
        onChange={(event) => setMaker(event.target.value)}
        {...(list.activeId !== undefined && { "aria-activedescendant": list.activeId })}
      />
      {input !== null && <MakerList input={input} onState={setList} onMaker={setMaker} />}
    </form>
  );
}

export function Forms() {
  const [sort, setSort] = useState("popular");
  const [quantity, setQuantity] = useState(2);
  const [entries, setEntries] = useState<{ field: string | null; text: string }[]>(NO_ENTRIES);
  return (
    <>
      <Specimen title="Fields">
        <div className="grid max-w-3xl gap-6 md:grid-cols-2">
          <Field label="Email" name="kit-email" type="email" autoComplete="off" />
          <Field label="Display name" name="kit-name" hint="As others see it." autoComplete="off" />
          <Field
            label="Password"
            name="kit-password"
            type="password"
            autoComplete="off"
            problem="At least 10 characters."
          />
          <Select
            label="Sort"
            options={SORTS}
            value={sort}
            onChange={setSort}
            hint="The platform’s own list."
          />
        </div>
      </Specimen>
      <Specimen title="Combobox">
        <MakerCombobox />
      </Specimen>
      <Specimen title="Quantity">
        <States>
          <State name="some left">
            <QuantityStepper label="cameras" quantity={quantity} maximum={9} onChange={setQuantity} />
          </State>
          <State name="all there are">
            <QuantityStepper label="watches" quantity={3} maximum={3} onChange={() => {}} />
          </State>
        </States>
      </Specimen>
      <Specimen title="Error summary">
        <ErrorSummary title="There is a problem" entries={entries} />
        <button
          type="button"
          className="link justify-self-start"
          onClick={() => setEntries([{ field: "kit-password", text: "Password: at least 10 characters." }])}
        >
          Show it
        </button>
      </Specimen>
    </>
  );
}
