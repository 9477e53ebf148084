/** One polite live region for the whole page: at most one sentence in two seconds, and the latest one wins. */
type Listener = (sentence: string) => void;

export const QUIET_MS = 2000;

export function createAnnouncer(clock: { now: () => number; later: (run: () => void, ms: number) => void }) {
  let listener: Listener | null = null;
  let spokenAt = Number.NEGATIVE_INFINITY;
  let waiting: string | null = null;

  function speak(sentence: string): void {
    spokenAt = clock.now();
    listener?.(sentence);
  }

  return {
    subscribe(next: Listener): () => void {
      listener = next;
      return () => {
        listener = null;
      };
    },
    announce(sentence: string): void {
      const remaining = spokenAt + QUIET_MS - clock.now();
      if (remaining <= 0 && waiting === null) {
        speak(sentence);
        return;
      }
      const isScheduled = waiting !== null;
      waiting = sentence;
      if (isScheduled) return;
      clock.later(() => {
        const latest = waiting;
        waiting = null;
        if (latest !== null) speak(latest);
      }, remaining);
    },
  };
}

export const announcer = createAnnouncer({
  now: () => performance.now(),
  later: (run, ms) => {
    setTimeout(run, ms);
  },
});
