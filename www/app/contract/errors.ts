/** One wrong value of a configuration or a link, as Rust's `Problem`. */
export interface Problem {
  field: string;
  /** As it was given: JSON, or the text of a link. */
  value: string;
  allowed: string;
  message: string;
}

/** What crosses a thread, or stands in a result file, in place of an `AppError`. */
export interface Failure {
  code: string;
  message: string;
  problems?: Problem[];
}

/** The only error the page shows: a stable code, and sentences that a reader can act on. */
export class AppError extends Error {
  readonly code: string;
  readonly problems?: readonly Problem[];

  constructor(code: string, message: string, problems?: readonly Problem[]) {
    super(message);
    this.name = "AppError";
    this.code = code;
    if (problems) this.problems = problems;
  }
}

/** The failure in anything that was thrown; Rust's errors bring their own code and problems. */
export function toFailure(thrown: unknown, code: string): Failure {
  if (!(thrown instanceof Error)) return { code, message: String(thrown) };
  const { code: own, problems } = thrown as Partial<AppError>;
  return {
    code: typeof own === "string" ? own : code,
    message: thrown.message,
    ...(problems && { problems: [...problems] }),
  };
}

export function toAppError(thrown: unknown, code: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const failure = toFailure(thrown, code);
  return new AppError(failure.code, failure.message, failure.problems);
}
