import { createStore, del, set, values } from "idb-keyval";
import type { Kept } from "./kept";

/** Where results outlive the page. Each call may be refused, as in a frame of another site or when the disk is full. */
export interface Database {
  all(): Promise<Kept[]>;
  put(kept: Kept): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The browser's own database; it is opened with the first call. */
export function browserDatabase(): Database {
  let opened: ReturnType<typeof createStore> | undefined;
  const store = () => {
    opened ??= createStore("np-playground", "results");
    return opened;
  };
  return {
    all: async () => values<Kept>(store()),
    put: async (kept) => set(kept.id, kept, store()),
    remove: async (id) => del(id, store()),
  };
}
