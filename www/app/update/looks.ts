import type { Question } from "../contract/protocol";
import type { SeenChange, SeenUpdate } from "../contract/update";
import { Look } from "../state/look";
import { PAUSE_MS } from "./pace";

type About<Name extends Question["about"]> = Extract<Question, { about: Name }>;
type Host = ConstructorParameters<typeof Look>[0];
type Updates = Pick<Look<About<"update">>, "sights">;

/**
 * What the updates that are seen change. It is asked as soon as another sight is there, and not when that is asked for:
 * it would be of the image or the update before.
 */
export function lookAtChanges(
  host: Host,
  updates: Updates,
  questionOf: (sight: Updates["sights"][number]) => About<"change"> | undefined,
): Look<About<"change">> {
  return new Look(
    host,
    () =>
      updates.sights.flatMap((sight) => {
        const question = questionOf(sight);
        return question
          ? [{ run: sight.run, question, same: ["change", question.sample, question.layer] }]
          : [];
      }),
    {
      pauseMs: PAUSE_MS,
      stateOf: (run) => [updates.sights.find((sight) => sight.run === run)?.answer],
    },
  );
}

/**
 * A change beside what is seen: of another image or network its loss is another. Of a run that goes on the network is
 * nearly always another by then, and what it does to the weights is told; but not how far the inputs move from one to the other.
 */
export function besideSeen(change: SeenChange, seen: SeenUpdate, goesOn: boolean): SeenChange | undefined {
  if (change.loss === seen.loss) return change;
  return goesOn ? { ...change, decorrelated: [] } : undefined;
}
