import { expect, test } from "vitest";
import { type Config, defaults } from "../../www/app/contract/config";
import { endsWithPage } from "../../www/app/element/leaving";
import type { Session } from "../../www/app/element/session";
import type { Trial } from "../../www/app/sweep/sweep";

type Phase = Session["experiment"]["phase"];

const KEEPS = { runs: true, results: true };
const NOTHING = { runs: false, results: false };

/** What such a page has: runs that have come so far, and trials of a sweep. */
function page(dataset: Config["dataset"], phase: Phase, step: number, ...trials: Trial["status"][]) {
  const experiment = { ofRuns: { ...defaults(), dataset }, phase, runs: [{ step }], aside: [] as Config[] };
  const sweep = { state: { trials: trials.map((status) => ({ status })), earlier: [] as unknown[] } };
  return { experiment, sweep } as unknown as Session;
}

test("what ends with the page is what runs on own images have learned, and what a sweep has", () => {
  expect(endsWithPage(page("own", "running", 7), KEEPS)).toBe(true);
  expect(endsWithPage(page("own", "paused", 7), KEEPS)).toBe(true);
  expect(endsWithPage(page("own", "running", 0), KEEPS), "nothing yet").toBe(false);
  expect(endsWithPage(page("own", "done", 7), KEEPS), "the result is kept").toBe(false);
  expect(endsWithPage(page("mnist", "running", 7), KEEPS), "a reload offers to go on").toBe(false);
  expect(endsWithPage(page("mnist", "running", 7), NOTHING), "where nothing is kept").toBe(true);
  expect(endsWithPage(page("mnist", "running", 0), NOTHING)).toBe(false);
  expect(endsWithPage(page("mnist", "done", 7), NOTHING)).toBe(true);
  expect(endsWithPage(page("mnist", "done", 7), { ...NOTHING, results: true })).toBe(false);
  expect(endsWithPage(page("mnist", "done", 7, "waiting", "waiting"), KEEPS), "a plan").toBe(false);
  expect(endsWithPage(page("mnist", "idle", 0, "training", "waiting"), KEEPS)).toBe(true);
  expect(endsWithPage(page("mnist", "idle", 0, "finished", "diverged"), KEEPS)).toBe(true);
  const proposed = page("mnist", "idle", 0);
  const earlier = [{ trials: [{ status: "finished" }] }];
  const sweep = { state: { ...proposed.sweep.state, earlier } } as unknown as Session["sweep"];
  expect(endsWithPage({ ...proposed, sweep }, KEEPS), "an earlier map").toBe(true);
});

test("also where only Undo has it still: it would have come back, and nothing else keeps it", () => {
  const mnist = page("mnist", "done", 7);
  const beside = (dataset: Config["dataset"], keeps: typeof KEEPS) =>
    endsWithPage(
      {
        ...mnist,
        experiment: {
          ...mnist.experiment,
          aside: [{ ...defaults(), dataset }],
        } as unknown as Session["experiment"],
      },
      keeps,
    );
  expect(beside("own", KEEPS)).toBe(true);
  expect(beside("mnist", KEEPS), "the browser keeps it").toBe(false);
  expect(beside("mnist", { ...KEEPS, runs: false })).toBe(true);
});
