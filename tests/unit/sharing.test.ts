import { beforeEach, describe, expect, test, vi } from "vitest";
import { defaults } from "../../www/app/contract/config";
import { AppError } from "../../www/app/contract/errors";
import { emptyHistory } from "../../www/app/contract/history";
import type { Result } from "../../www/app/contract/result";
import { Share } from "../../www/app/element/share";
import type { Opened } from "../../www/app/share/open";

/** What a test puts in the place of the engine, its worker and the files. */
const here = vi.hoisted(() => ({ ask: vi.fn(), opened: [] as Opened[] }));

vi.mock("../../www/app/worker/engine", () => ({ loadEngine: async () => ({ trainer: async () => ({}) }) }));
vi.mock("../../www/app/worker/reader", () => ({
  Reader: class {
    ask = here.ask;
    use(): void {}
    terminate(): void {}
  },
  spawnReader: () => {},
}));
vi.mock("../../www/app/share/open", () => ({ openFiles: async () => here.opened }));

const CONFIG = { ...defaults(), algorithms: ["np" as const], lr: 0.02 };
const RESULT: Result = {
  ...{ config: CONFIG, version: "0.1.0" },
  runs: [{ algorithm: "np", seed: 0, status: "finished", weights_hash: "0af1", history: emptyHistory() }],
};

const goOn = vi.fn();
const shardsFor = vi.fn();

function sharing(Sharing = Share): Share {
  const experiment = { own: null, result: RESULT, address: CONFIG, goOn, shardsFor };
  return new Sharing({
    ...{ session: { experiment }, changed: () => {} },
    act: (act: (given: typeof experiment) => Promise<unknown>) => act(experiment),
  } as unknown as ConstructorParameters<typeof Share>[0]);
}

beforeEach(() => {
  vi.clearAllMocks();
  here.ask.mockResolvedValue({});
  shardsFor.mockResolvedValue({});
});

describe("a checkpoint that is opened", () => {
  const run = { algorithm: "np" as const, seed: 0, checkpoint: new Uint8Array(9) };
  const open = async (checkpoint: Uint8Array | undefined) => {
    const left = { ...run, checkpoint } as Extract<Opened, { kind: "checkpoint" }>["runs"][number];
    here.opened = [{ kind: "checkpoint", name: "a.zip", config: CONFIG, runs: [left] }];
    const share = sharing();
    await share.open([]);
    return share.said;
  };

  test("goes on where the images are those that it was trained on", async () => {
    expect(await open(run.checkpoint)).toEqual({ problem: false, words: "The runs of a.zip go on." });
    expect(goOn).toHaveBeenCalledOnce();
  });

  test("of MNIST, too, changes nothing where they are others, as those of the single file are", async () => {
    here.ask.mockRejectedValue(new AppError("checkpoint", "these images are not those"));
    expect(await open(run.checkpoint)).toEqual({
      problem: true,
      words: "a.zip: these images are not those",
    });
    expect(goOn).not.toHaveBeenCalled();
  });

  test.each([undefined, run.checkpoint])("changes nothing where there are too few of them", async (begun) => {
    shardsFor.mockRejectedValue(new AppError("data", "there are 2000 images"));
    expect(await open(begun)).toEqual({ problem: true, words: "a.zip: there are 2000 images" });
    expect(goOn).not.toHaveBeenCalled();
  });
});

describe("what is shared", () => {
  const most = { train_size: 2000, test_size: 500, image_size: 14 as const };

  /** As in the script of one file. */
  async function inside(): Promise<Share> {
    vi.resetModules();
    vi.doMock("../../www/app/contract/bundled", () => ({ BUNDLED: { most } }));
    return sharing((await import("../../www/app/element/share")).Share);
  }

  test("of a site leads to it", () => {
    const { link, linkHelp, proven, passages } = sharing();
    expect(link).toMatch(/^\w+:.*#v=1&algorithms=np&lr=0.02$/);
    expect(linkHelp).toContain("the same curves");
    expect(proven).toEqual({ link: expect.stringMatching(/^\w+:.*&hashes=/) });
    expect(passages.filter(({ text }) => /^ {2}url +=/m.test(text))).toHaveLength(2);
  });

  test("of the single file promises nobody its own images, and leads nowhere", async () => {
    const { link, linkHelp, proven, passages } = await inside();
    expect(link).toBe("#v=1&algorithms=np&lr=0.02");
    expect([linkHelp, "why" in proven && proven.why].join(" ")).toMatch(/on other images.*other weights/);
    for (const { help, text } of passages) {
      expect(text).not.toMatch(/ {2}url|inside:|v=1/);
      expect(help).not.toMatch(/same bits|link|where it is/);
    }
  });
});
