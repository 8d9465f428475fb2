import type { Case } from "../../../www/app/measure/cases";
import { MeasureClient } from "../../../www/app/measure/client";
import { median, type Round, type Row, rowOf } from "../../../www/app/measure/rows";
import { warmUp } from "../../../www/app/measure/warm-up";
import { loadEngine } from "../../../www/app/worker/engine";
import { loadShards } from "./data";
import type { Plan } from "./measure";

/** The speed of a case and the memory of a fresh wasm instance that runs it. */
export async function scaleSpeed(next: Case, plan: Plan): Promise<Row & { memory_bytes: number }> {
  const client = await fresh(plan);
  try {
    await client.begin(next, plan.train_size);
    await warmUp(client, plan.warm_up_ms);
    const rounds: Round[] = [];
    while (rounds.length < plan.rounds) {
      const peak_gflops = await client.peak(plan.peak_ms);
      rounds.push({ peak_gflops, trained: await client.train(plan.train_ms) });
    }
    return { ...rowOf(next, rounds), memory_bytes: rounds.at(-1)?.trained.memory_bytes ?? Number.NaN };
  } finally {
    client.dispose();
  }
}

export interface WorkersRow extends Case {
  workers: number;
  /** Of all workers together. */
  samples_per_s: number;
  /** Median over the rounds of all workers' throughput against one worker's in the same round. */
  over_one: number;
}

/** The throughput of several workers at once, each with a run of its own. */
export async function scaleWorkers(next: Case, workers: number, plan: Plan): Promise<WorkersRow> {
  const clients = await Promise.all(Array.from({ length: workers }, () => fresh(plan)));
  try {
    for (const client of clients) {
      await client.begin(next, plan.train_size);
      await warmUp(client, plan.warm_up_ms);
    }
    const rounds: { one: number; all: number }[] = [];
    while (rounds.length < plan.rounds) {
      const one = await throughput(clients.slice(0, 1), plan.train_ms);
      rounds.push({ one, all: await throughput(clients, plan.train_ms) });
    }
    return {
      ...next,
      workers,
      samples_per_s: median(rounds.map(({ all }) => all)),
      over_one: median(rounds.map(({ one, all }) => all / one)),
    };
  } finally {
    for (const client of clients) client.dispose();
  }
}

async function throughput(clients: MeasureClient[], ms: number): Promise<number> {
  const slices = await Promise.all(clients.map((client) => client.train(ms)));
  return slices.reduce((sum, { samples, seconds }) => sum + samples / seconds, 0);
}

async function fresh({ arithmetic, train_size }: Plan): Promise<MeasureClient> {
  return MeasureClient.start(await loadEngine(), arithmetic, await loadShards(train_size));
}
