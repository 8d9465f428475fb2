import initTrainer, { type Dataset, Trainer } from "../../pkg/np_playground.js";
import initToy, { Toy } from "../../pkg/toy/np_playground.js";
import { toFailure } from "../contract/errors";
import type { Host } from "../contract/thread";
import { read } from "../worker/data";
import { begin } from "./begin";
import { type LessonName, LOOKED_AT } from "./lessons";
import type { Ask, Order, Report, Supply } from "./protocol";
import type { Course } from "./sight";

/** The worker's side of the article's figures: one worker for all of them. */
export function serve({ post, hear }: Host): () => void {
  const courses = new Map<LessonName, Course>();
  let images: Dataset | undefined;
  let ready: Promise<unknown> = Promise.resolve();

  const open = (algorithm: string): Trainer => {
    if (!images) throw new Error("the images are not there yet");
    return new Trainer(LOOKED_AT, algorithm, 0, images, images);
  };
  const supply = async (given: Supply): Promise<void> => {
    if (given.kind === "toy") await initToy({ module_or_path: given.wasm });
    else {
      await initTrainer({ module_or_path: given.wasm });
      images = await read(given.images);
    }
  };
  const go = (ask: Ask): Course => {
    const { lesson } = ask;
    if (ask.kind === "start") {
      courses.get(lesson)?.free();
      courses.set(lesson, begin(lesson, ask.rate, { Toy, open }));
    }
    const course = courses.get(lesson);
    // This worker has taken the place of one that was lost: that another lesson has noticed.
    if (!course) throw new Error("the worker that it ran in is gone");
    if (ask.kind === "step") for (let step = 0; !course.over && step < ask.steps; step++) course.step();
    return course;
  };
  const obey = async (ask: Ask): Promise<void> => {
    const { lesson } = ask;
    try {
      await ready;
      const { sight, over } = go(ask);
      post({ lesson, kind: "seen", sight, over } satisfies Report);
    } catch (thrown) {
      post({ lesson, kind: "failed", failure: toFailure(thrown, "engine") } satisfies Report);
    }
  };

  hear((message) => {
    const order = message as Order;
    if (order.kind === "toy" || order.kind === "network") ready = Promise.all([ready, supply(order)]);
    else void obey(order);
  });
  return () => {
    for (const course of courses.values()) course.free();
  };
}
