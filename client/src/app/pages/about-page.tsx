import { GRADES } from "@/lib/grades";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { GradeMark } from "@/ui/grade-mark";
import { PageTitle } from "@/ui/page-title";

export function AboutPage() {
  return (
    <div className="page grid gap-12 py-8 md:py-12">
      <div>
        <PageTitle>How this shop works</PageTitle>
        <p className="mt-6 max-w-[58ch] text-18 text-ink-2">
          A jackdaw collects what shines and remembers faces. So does this shop: it finds good things again,
          and it shows openly what it has learned about you.
        </p>
      </div>
      <section aria-labelledby="nape-title" className="max-w-[66ch]">
        <div className="h-px bg-line" />
        <h2 id="nape-title" className="mt-5 text-28">
          The shimmering line
        </h2>
        <p className="mt-3">
          A jackdaw’s neck has an oily sheen. In this shop a line with that sheen stands above a shelf if, and
          only if, something you did changed it. The reason beside it begins with “because”. A shelf with a
          plain line is the same for everyone.
        </p>
      </section>
      <section aria-labelledby="ranking-title" className="max-w-[66ch]">
        <div className="h-px bg-line" />
        <h2 id="ranking-title" className="mt-5 text-28">
          What decides the order
        </h2>
        <ol className="mt-3 grid list-decimal gap-2 ps-6">
          <li>What you opened, saved and put into the cart; the most recent counts most.</li>
          <li>What people with similar interests opened, saved and bought.</li>
          <li>What is popular now; older interest fades.</li>
          <li>Stock: what is sold is not recommended.</li>
        </ol>
      </section>
      <section aria-labelledby="grades-title" className="max-w-[66ch]">
        <div className="h-px bg-line" />
        <h2 id="grades-title" className="mt-5 text-28">
          What a grade means
        </h2>
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          {GRADES.map((grade) => (
            <GradeRow key={grade.condition} grade={grade} />
          ))}
        </dl>
        <div className="mt-8">
          <ButtonLink to={paths.you} look="plain">
            What we know about you
          </ButtonLink>
        </div>
      </section>
    </div>
  );
}

function GradeRow({ grade }: { grade: (typeof GRADES)[number] }) {
  return (
    <>
      <dt className="font-semibold">
        <GradeMark condition={grade.condition} />
      </dt>
      <dd>{grade.meaning}</dd>
    </>
  );
}
