import type { Config } from "./config";

/** What a script of one file brings along, beside its workers and the engine: fewer images of fewer pixels. */
export interface Bundled {
  most: Pick<Config, "train_size" | "test_size" | "image_size">;
}

/** In all builds but that of one file, nothing: see vite.single.config.ts, which puts another module in this one's place. */
export const BUNDLED: Bundled | undefined = undefined;
