import { GRADES } from "@/lib/grades";
import { paths } from "@/lib/paths";
import { Button, ButtonLink, IconButton } from "@/ui/button";
import { GradeMark } from "@/ui/grade-mark";
import { Icon, type IconName } from "@/ui/icon";
import { Wordmark } from "@/ui/wordmark";
import { Specimen, State, States } from "./specimen";

const GROUNDS = ["bg-ground", "bg-surface", "bg-wash", "bg-line", "bg-line-strong", "bg-action"];
const INKS = ["text-ink", "text-ink-2", "text-link", "text-good", "text-warn", "text-bad"];
const STEPS = ["text-12", "text-14", "text-16", "text-18", "text-22", "text-28", "text-36", "text-48"];
const ICONS: IconName[] = [
  ...(["search", "heart", "cart", "eye", "person", "close", "minus", "plus"] as const),
  ...(["check", "filters", "arrow", "up", "clock", "grid", "tag"] as const),
];

export function Basics() {
  return (
    <>
      <Specimen title="Mark, type and colour">
        <Wordmark />
        <p className="flex flex-wrap items-baseline gap-x-5 font-title font-bold">
          {STEPS.map((step) => (
            <span key={step} className={step}>
              {step.replace("text-", "")}
            </span>
          ))}
        </p>
        <States>
          {GROUNDS.map((ground) => (
            <State key={ground} name={ground.replace("bg-", "")}>
              <span className={`block h-11 w-24 rounded-field border border-line-strong ${ground}`} />
            </State>
          ))}
        </States>
        <p className="flex flex-wrap gap-6 font-semibold">
          {INKS.map((ink) => (
            <span key={ink} className={ink}>
              {ink.replace("text-", "")}
            </span>
          ))}
        </p>
      </Specimen>
      <Specimen title="Buttons">
        <States>
          <State name="primary">
            <Button>Add to cart</Button>
          </State>
          <State name="primary, busy">
            <Button isBusy>Adding</Button>
          </State>
          <State name="plain">
            <Button look="plain">Compare</Button>
          </State>
          <State name="quiet">
            <Button look="quiet">Not now</Button>
          </State>
          <State name="link">
            <ButtonLink to={paths.kit}>Look again</ButtonLink>
          </State>
          <State name="icon">
            <IconButton label="Close this example">
              <Icon name="close" />
            </IconButton>
          </State>
        </States>
      </Specimen>
      <Specimen title="Icons">
        <p className="flex flex-wrap gap-5">
          {ICONS.map((name) => (
            <Icon key={name} name={name} size={24} />
          ))}
          <Icon name="heart" size={24} isFilled />
        </p>
      </Specimen>
      <Specimen title="Grades">
        <p className="flex flex-wrap gap-6">
          {GRADES.map((grade) => (
            <GradeMark key={grade.condition} condition={grade.condition} />
          ))}
        </p>
      </Specimen>
    </>
  );
}
