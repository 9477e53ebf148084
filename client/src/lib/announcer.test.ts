import { expect, it } from "vitest";
import { createAnnouncer, QUIET_MS } from "./announcer";

function aQuietRoom() {
  let now = 0;
  const later: { at: number; run: () => void }[] = [];
  const spoken: string[] = [];
  const announcer = createAnnouncer({
    now: () => now,
    later: (run, ms) => later.push({ at: now + ms, run }),
  });
  announcer.subscribe((sentence) => spoken.push(sentence));
  const pass = (ms: number) => {
    now += ms;
    for (const due of later.splice(0).toSorted((a, b) => a.at - b.at)) {
      if (due.at <= now) due.run();
      else later.push(due);
    }
  };
  return { announcer, spoken, pass };
}

it("speaks the first sentence at once and only the latest of those that follow", () => {
  const { announcer, spoken, pass } = aQuietRoom();
  announcer.announce("one");
  announcer.announce("two");
  announcer.announce("three");
  expect(spoken).toEqual(["one"]);
  pass(QUIET_MS);
  expect(spoken).toEqual(["one", "three"]);
});

it("speaks at once again after the silence", () => {
  const { announcer, spoken, pass } = aQuietRoom();
  announcer.announce("one");
  pass(QUIET_MS);
  announcer.announce("two");
  expect(spoken).toEqual(["one", "two"]);
});
