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
  problems?: readonly Problem[];
  /** The memory of the worker in which it happened. */
  memory_bytes?: number;
  /** Whether that could not become much larger. */
  memory_full?: boolean;
}

/** What can be done about an error. */
export type ErrorKind =
  /** Other settings are to be given. Those were refused, and everything is as it was. */
  | "settings"
  /** A part of a link was left out; the rest was taken. */
  | "link"
  /** Other files are to be given. Those were refused, and everything is as it was. */
  | "files"
  /** A part of the page is missing; the rest goes on without it. */
  | "part"
  /** The data are wrong for every run; they may come whole another time. */
  | "data"
  /** Another browser is needed, or another page around it. */
  | "browser"
  /** It may go well another time. */
  | "retry";

/** The kinds of the codes, Rust's among them, that do not simply ask for another try. */
const KINDS: ReadonlyMap<string, ErrorKind> = new Map([
  ["config", "settings"],
  ["link", "link"],
  ["files", "files"],
  ["part", "part"],
  ["attribute", "part"],
  ["hash", "data"],
  ["idx_magic", "data"],
  ["idx_truncated", "data"],
  ["idx_shape", "data"],
  ["idx_label", "data"],
  ["dataset_too_small", "data"],
  ["no_simd", "browser"],
  ["no_wasm", "browser"],
]);

/** The only error the page shows: a stable code, and sentences that a reader can act on. */
export class AppError extends Error {
  readonly code: string;
  /** What is wrong with single settings. */
  readonly problems: readonly Problem[];

  constructor(code: string, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.name = "AppError";
    this.code = code;
    this.problems = problems;
  }

  static of({ code, message, problems }: Failure): AppError {
    return new AppError(code, message, problems);
  }

  get kind(): ErrorKind {
    return KINDS.get(this.code) ?? "retry";
  }
}

/** The failure in anything that was thrown; Rust's errors bring their own code and problems. */
export function toFailure(thrown: unknown, code: string): Failure {
  if (!(thrown instanceof Error)) return { code, message: String(thrown) };
  const { code: own, problems = [] }: Partial<AppError> = thrown;
  return {
    code: typeof own === "string" ? own : code,
    message: thrown.message,
    ...(problems.length > 0 && { problems }),
  };
}

export function toAppError(thrown: unknown, code: string): AppError {
  return thrown instanceof AppError ? thrown : AppError.of(toFailure(thrown, code));
}
