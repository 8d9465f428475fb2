import type { Config } from "../contract/config";
import { type AppError, toAppError } from "../contract/errors";
import type { Shards } from "../contract/protocol";
import type { Loading } from "../dataset/source";
import type { Engine } from "./engine";
import type { Pool } from "./pool";

/** What a launcher takes from elsewhere. */
export interface LauncherParts {
  loadEngine: () => Promise<Engine>;
  /** The images that a run with these settings needs. */
  shards: (config: Config, onProgress: (loading: Loading) => void) => Promise<Shards>;
  /** Of a run of each of its rules; throws where one finds no room. */
  bytes: (config: Config) => Promise<readonly number[]>;
  pool: Pool;
}

/** What every run of a configuration needs. */
export interface Supply {
  module: WebAssembly.Module;
  shards: Shards;
  /** Of memory, for a run of each of its rules. */
  bytes: readonly number[];
}

/** What becomes of a launch; nothing is told of one that was cancelled. */
interface Tell {
  /** Throws where settings cannot be used, before anything is fetched for them. */
  judge?: (engine: Engine) => Promise<void>;
  loading?: (loading: Loading) => void;
  /** Everything is there: jobs can go into the pool. */
  ready: (supply: Supply) => void;
  failed: (error: AppError) => void;
}

/** Brings what runs need before they go into the pool. */
export class Launcher {
  readonly #parts: LauncherParts;
  /** Tells a launch that was cancelled while it loaded from the next. */
  #attempt = 0;

  constructor(parts: LauncherParts) {
    this.#parts = parts;
  }

  async launch(config: Config, { judge, loading, ready, failed }: Tell): Promise<void> {
    const attempt = this.#attempt;
    const wanted = () => attempt === this.#attempt;
    try {
      const engine = await this.#parts.loadEngine();
      await judge?.(engine);
      const bytes = await this.#parts.bytes(config);
      const module = await engine.trainer(config.arithmetic);
      const shards = await this.#parts.shards(config, (progress) => wanted() && loading?.(progress));
      if (wanted()) ready({ module, shards, bytes });
    } catch (thrown) {
      if (wanted()) failed(toAppError(thrown, "fetch"));
    }
  }

  /** Ends the runs in the pool, and the launch that is under way. */
  cancel(): void {
    this.#attempt += 1;
    this.#parts.pool.terminate();
  }
}
