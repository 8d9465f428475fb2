import type { ImageShape, Shards } from "./protocol";

/** A file that the reader gave; its path is its name behind the folders that it lies in. */
export interface OwnFile {
  path: string;
  /** Null where the browser could not get at it. */
  file: File | null;
}

/** Images that the reader gave: read, checked, and cut into shards as the site's own are. They never leave the page. */
export interface OwnData extends ImageShape {
  /** What they were read from, in words. */
  called: string;
  /** Whether those were pictures, which the page alone can read. */
  pictures: boolean;
  classes: number;
  /** The name of each class. */
  names: string[];
  /** Bytes that the pixels of both sets take. */
  bytes: number;
  /** What was chosen in place of guesses. */
  choices: Choices;
  /** What the files did not say, and how it was taken. */
  guesses: readonly Guess[];
  /** What else is worth knowing: whole sentences. */
  notes: readonly string[];
  train: OwnSet;
  test: OwnSet;
  /** Of each class some training images, one behind the other, row by row. */
  examples: Uint8Array<ArrayBuffer>[];
  shards: Shards;
}

/** What tells images from any others, also when they are given again. */
export function digestOf({ shards: { train, test } }: Pick<OwnData, "shards">): string {
  const files = [...train, ...test].flatMap(({ images, labels }) => [images, labels]);
  return files.map(({ sha256 }) => sha256.slice(0, 16)).join("");
}

/** Whether there are images, and both the same. */
export function areSame(one: OwnData | null | undefined, other: OwnData | null): boolean {
  return !!one && !!other && digestOf(one) === digestOf(other);
}

/** What was chosen in place of guesses, in words. */
export function chosenWords({ choices, guesses }: Pick<OwnData, "choices" | "guesses">): string[] {
  const words = guesses.flatMap(({ question, chosen, options }) => {
    const taken = JSON.stringify(chosen);
    if (choices[question] === undefined) return [];
    return options.filter(({ value }) => JSON.stringify(value) === taken).map(({ words }) => words);
  });
  return [...new Set(words)];
}

/** How many images of which set are used. */
export const SETS = { train_size: "train", test_size: "test" } as const;
export type Size = keyof typeof SETS;

export function isSize(name: string): name is Size {
  return name in SETS;
}

export interface OwnSet {
  images: number;
  /** Images of each class. */
  counts: Uint32Array<ArrayBuffer>;
}

/** What may be asked of files, as the keys of Rust's `Choices`. */
export type Question = "names" | "label" | "colours" | "grey" | "scale" | "turned" | "split";

/** What was chosen in place of a guess. */
export type Chosen = string | number | boolean | readonly [number, number];

/** A key left out is guessed. */
export type Choices = { readonly [Key in Question]?: Chosen };

/** What the files did not say: how it was taken, and how else it may be; as Rust's `Guess`. */
export interface Guess {
  question: Question;
  /** Null where nothing was likely. */
  chosen: Chosen | null;
  /** `chosen` in words: a whole sentence that names the files. */
  sentence: string;
  options: readonly { value: Chosen; words: string }[];
}
