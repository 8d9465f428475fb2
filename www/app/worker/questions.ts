import { AppError } from "../contract/errors";
import type { Answer, Ask, Question, Reply } from "../contract/protocol";

interface Open {
  resolve(answer: Answer): void;
  reject(error: AppError): void;
}

/** The questions that a worker still owes an answer. Each is settled once: by its reply, or when the worker ends. */
export class Questions {
  readonly #open = new Map<number, Open>();
  #asked = 0;

  get pending(): boolean {
    return this.#open.size > 0;
  }

  /** `send` takes the question to the worker. */
  ask<Q extends Question>(question: Q, send: (ask: Ask) => void): Promise<Answer<Q>> {
    const id = this.#asked++;
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
    });
    send({ kind: "ask", id, question });
    // The worker answers what it was asked.
    return answer as Promise<Answer<Q>>;
  }

  settle(reply: Reply): void {
    const question = this.#open.get(reply.id);
    this.#open.delete(reply.id);
    if (reply.kind === "answer") question?.resolve(reply.answer);
    else question?.reject(AppError.of(reply.failure));
  }

  /** The worker is gone. */
  abandon(error: AppError): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const { reject } of open) reject(error);
  }
}
