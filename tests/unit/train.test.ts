import { expect, test, vi } from "vitest";
import type { Images } from "../../www/app/dataset/arrays";
import { train, type Watch } from "../../www/app/train";

const RESULT = { runs: [] };

/** The one that `train` has made: what happens to it, a test says. */
class FakeExperiment extends EventTarget {
  readonly result = RESULT;
  phase = "ready";
  disposed = false;

  constructor() {
    super();
    experiment = this;
  }

  async useOwn(): Promise<void> {}
  async configure(): Promise<void> {}

  play(): void {
    begun();
  }

  dispose(): void {
    this.disposed = true;
  }

  say(name: string): void {
    this.dispatchEvent(new Event(name));
  }
}

let experiment: FakeExperiment;
let begun: () => void;

vi.mock("../../www/app/worker/engine", () => ({
  loadEngine: async () => ({ sha256: () => "" }),
  settingsIn: (config: object) => config,
  usableHere: (usable: object) => ({ usable }),
}));
vi.mock("../../www/app/state/experiment", () => ({
  get Experiment() {
    return FakeExperiment;
  },
}));

const set = { pixels: Uint8Array.of(0, 255), labels: Uint8Array.of(0, 1) };
const images: Images = { height: 1, width: 1, classes: 2, train: set, test: set };

/** A training under way. */
async function playing(onEpoch: Watch["onEpoch"]) {
  const play = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const trained = train({}, images, onEpoch && { onEpoch });
  await play;
  return { trained, experiment };
}

const enough = new Error("enough");

test.each([
  [
    "throws",
    () => {
      throw enough;
    },
  ],
  ["rejects with", () => Promise.reject(enough)],
])("what onEpoch %s ends the training, which rejects with it", async (_, onEpoch) => {
  const { trained, experiment } = await playing(onEpoch);
  experiment.say("epoch");
  await expect(trained).rejects.toBe(enough);
  expect(experiment.disposed).toBe(true);
});

test("of the last epoch it is waited for", async () => {
  let reject: (error: Error) => void = () => {};
  const { trained, experiment } = await playing(
    () =>
      new Promise((_, refuse) => {
        reject = refuse;
      }),
  );
  experiment.say("epoch");
  experiment.say("done");
  await new Promise(setImmediate);
  expect(experiment.disposed).toBe(false);
  reject(enough);
  await expect(trained).rejects.toBe(enough);
});

test("what onEpoch returns changes nothing of the result", async () => {
  for (const onEpoch of [undefined, () => 1, async () => 2]) {
    const { trained, experiment } = await playing(onEpoch);
    experiment.say("epoch");
    experiment.say("done");
    expect(await trained).toBe(RESULT);
  }
});
