import { gradeOf, type Condition } from "@/lib/grades";

const TICKS = [1, 2, 3, 4];

export function GradeMark({ condition }: { condition: Condition }) {
  const grade = gradeOf(condition);
  return (
    <span className="inline-flex items-baseline gap-1.5">
      <span className="grade-ticks" aria-hidden="true">
        {TICKS.map((tick) => (
          <i key={tick} data-on={tick <= grade.ticks || undefined} />
        ))}
      </span>
      {grade.label}
    </span>
  );
}
