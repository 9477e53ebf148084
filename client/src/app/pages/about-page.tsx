import { GRADES, gradeOf, type Condition } from "@/lib/grades";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { GradeMark } from "@/ui/grade-mark";
import { PageTitle } from "@/ui/page-title";
import { pageWords, words } from "@/lib/words/words";

export function AboutPage() {
  return (
    <div className="page grid gap-12 py-8 md:py-12">
      <div>
        <PageTitle>{words.shell.about}</PageTitle>
        <p className="mt-6 max-w-[58ch] text-18 text-ink-2">{pageWords.about.intro}</p>
      </div>
      <section aria-labelledby="nape-title" className="max-w-[66ch]">
        <div className="h-px bg-line" />
        <h2 id="nape-title" className="mt-5 text-28">
          {pageWords.about.line}
        </h2>
        <p className="mt-3">{pageWords.about.lineText}</p>
      </section>
      <section aria-labelledby="ranking-title" className="max-w-[66ch]">
        <div className="h-px bg-line" />
        <h2 id="ranking-title" className="mt-5 text-28">
          {pageWords.about.order}
        </h2>
        <ol className="mt-3 grid list-decimal gap-2 ps-6">
          <li>{pageWords.about.orderOwn}</li>
          <li>{pageWords.about.orderOthers}</li>
          <li>{pageWords.about.orderPopular}</li>
          <li>{pageWords.about.orderStock}</li>
        </ol>
      </section>
      <section aria-labelledby="grades-title" className="max-w-[66ch]">
        <div className="h-px bg-line" />
        <h2 id="grades-title" className="mt-5 text-28">
          {pageWords.about.grade}
        </h2>
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          {GRADES.map(({ condition }) => (
            <GradeRow key={condition} condition={condition} />
          ))}
        </dl>
        <div className="mt-8">
          <ButtonLink to={paths.you} look="plain">
            {words.shell.you}
          </ButtonLink>
        </div>
      </section>
    </div>
  );
}

function GradeRow({ condition }: { condition: Condition }) {
  return (
    <>
      <dt className="font-semibold">
        <GradeMark condition={condition} />
      </dt>
      <dd>{gradeOf(condition).meaning}</dd>
    </>
  );
}
