import type { Trainer } from "../../pkg/np_playground.js";
import { toFailure } from "../contract/errors";
import type {
  Answer,
  Ask,
  Covariance,
  ImageShape,
  Mistake,
  Question,
  Reply,
  TestAnswers,
} from "../contract/protocol";

/** What is looked into. */
export type Inspectable = Pick<
  Trainer,
  | "rows"
  | "cols"
  | "predict"
  | "test_answers"
  | "first_weights"
  | "covariance"
  | "update_of"
  | "along"
  | "change_of"
  | "checkpoint"
>;

/** As many mistakes, units and inputs as a picture of them can show. */
const MISTAKES = 24;
const UNITS = 64;
const INPUTS = 64;

/** The answer, or why there is none. A trap in the wasm module is thrown on: nothing works after it. */
export function reply(trainer: Inspectable, { id, question }: Ask): Reply {
  try {
    return { kind: "answer", id, answer: answer(trainer, question) };
  } catch (thrown) {
    if (thrown instanceof WebAssembly.RuntimeError) throw thrown;
    return { kind: "refused", id, failure: toFailure(thrown, "engine") };
  }
}

function answer(trainer: Inspectable, question: Question): Answer {
  const { rows, cols } = trainer;
  switch (question.about) {
    case "image":
      return new Float32Array(trainer.predict(question.pixels));
    case "test":
      return { rows, cols, ...testAnswers(trainer) };
    case "weights":
      return { rows, cols, values: new Float32Array(trainer.first_weights(UNITS, question.learned)) };
    case "covariance":
      return covariance(trainer, question.layer);
    case "update": {
      const { update, sample, pass, draws } = question;
      return new Float32Array(trainer.update_of(update, sample, pass, draws));
    }
    case "along": {
      const { update, sample, pass, layer, size } = question;
      return new Float32Array(trainer.along(update, sample, pass, layer, size));
    }
    case "change":
      return new Float32Array(trainer.change_of(question.update, question.sample, question.layer));
    case "checkpoint":
      return new Blob([new Uint8Array(trainer.checkpoint())]);
  }
}

function testAnswers(trainer: Inspectable): Omit<TestAnswers, keyof ImageShape> {
  const answers = trainer.test_answers(MISTAKES);
  const { classes, mistakes: words, pixels } = answers;
  const count = words.length / 3;
  const size = pixels.length / count;
  const mistakes = Array.from({ length: count }, (_, i): Mistake => {
    const [index = 0, truth = 0, answer = 0] = words.subarray(3 * i, 3 * i + 3);
    return { index, truth, answer, pixels: new Uint8Array(pixels.subarray(i * size, (i + 1) * size)) };
  });
  const confusion = new Uint32Array(answers.confusion);
  answers.free();
  return { classes, confusion, mistakes };
}

function covariance(trainer: Inspectable, layer: number): Covariance {
  const covariance = trainer.covariance(layer, INPUTS);
  const { width, after } = covariance;
  const inputs = new Uint32Array(covariance.inputs);
  const before = new Float32Array(covariance.before);
  covariance.free();
  return { inputs, width, before, ...(after && { after: new Float32Array(after) }) };
}
