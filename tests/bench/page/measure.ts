import type { Case } from "../../../www/app/measure/cases";
import { MeasureClient } from "../../../www/app/measure/client";
import { median, type Round, type Row, rowOf } from "../../../www/app/measure/rows";
import { warmUp } from "../../../www/app/measure/warm-up";
import { loadEngine } from "../../../www/app/worker/engine";
import type { Contender, Slice } from "./contender";
import { loadShards } from "./data";
import { Native } from "./native";
import { TensorFlowJs } from "./tfjs";

/** How thoroughly to measure; bench.mjs has the values. */
export interface Plan {
  train_size: number;
  arithmetic: string;
  warm_up_ms: number;
  rounds: number;
  train_ms: number;
  peak_ms: number;
  /** No further round is begun after so many seconds, if there are three: some peers take seconds for an update. */
  case_s: number;
  /** Names of contenders: TensorFlow.js's begin with `tfjs-`, the others are native. */
  peers: string[];
}

/** A peer beside ours: the median of its speed, and of the rounds' ratios ours / peer; or why there is none. */
export type PeerResult = { samples_per_s: number; ratio: number } | { skipped: string };

export interface Measured extends Row {
  multiply_adds_per_sample: number;
  peers: Record<string, PeerResult>;
}

const LEAST_ROUNDS = 3;

let ours: MeasureClient | undefined;
const contenders = new Map<string, Contender>();

/** Measures one case: in every round the peak, ours, and each peer, one after the other. */
export async function measureCase(next: Case, plan: Plan): Promise<Measured> {
  ours ??= await MeasureClient.start(await loadEngine(), plan.arithmetic, await loadShards(plan.train_size));
  await ours.begin(next, plan.train_size);
  await warmUp(ours, plan.warm_up_ms);

  const peers: Record<string, PeerResult> = {};
  const racing = new Map<Contender, Slice[]>();
  for (const name of plan.peers) {
    const contender = contenderOf(name, plan.train_size);
    try {
      await contender.begin(next);
      racing.set(contender, []);
    } catch (thrown) {
      peers[name] = { skipped: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }

  const rounds: Round[] = [];
  const until = performance.now() + plan.case_s * 1000;
  const enough = () => rounds.length >= LEAST_ROUNDS && performance.now() > until;
  while (rounds.length < plan.rounds && !enough()) {
    const peak_gflops = await ours.peak(plan.peak_ms);
    rounds.push({ peak_gflops, trained: await ours.train(plan.train_ms) });
    for (const [contender, slices] of racing) slices.push(await contender.run(plan.train_ms));
  }
  for (const [{ name }, slices] of racing) peers[name] = compared(rounds, slices);
  const trained = rounds.map((round) => round.trained);
  return {
    ...rowOf(next, rounds),
    multiply_adds_per_sample: median(trained.map(({ multiply_adds, samples }) => multiply_adds / samples)),
    peers,
  };
}

function contenderOf(name: string, trainSize: number): Contender {
  const known = contenders.get(name);
  if (known) return known;
  const contender = name.startsWith("tfjs-") ? new TensorFlowJs(name, trainSize) : new Native(name);
  contenders.set(name, contender);
  return contender;
}

function compared(rounds: Round[], slices: Slice[]): PeerResult {
  const speed = ({ samples, seconds }: Slice) => samples / seconds;
  const ratios = rounds.map(({ trained }, index) => {
    const slice = slices[index];
    return slice ? speed(trained) / speed(slice) : Number.NaN;
  });
  return { samples_per_s: median(slices.map(speed)), ratio: median(ratios) };
}
