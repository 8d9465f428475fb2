import type { Failure } from "../contract/errors";
import type { Shard } from "../contract/protocol";
import type { LessonName } from "./lessons";
import type { Sight } from "./sight";

/** What lessons are made of: the module of two weights; the trainer's module, and images for it. */
export type Supply = { kind: "toy"; wasm: string } | { kind: "network"; wasm: string; images: Shard[] };

export type Ask =
  | { kind: "start"; lesson: LessonName; rate: number | undefined }
  | { kind: "step"; lesson: LessonName; steps: number };

/** To the worker, which has all lessons: what a lesson is made of comes before it. */
export type Order = Supply | Ask;

/** Every order about a lesson is answered once, in turn. */
export type Report = { lesson: LessonName } & (
  | { kind: "seen"; sight: Sight; over: boolean }
  | { kind: "failed"; failure: Failure }
);
