import { createStore, del, set, values } from "idb-keyval";
import type { Kept } from "./kept";

/** Where results outlive the page. Each call may be refused, as in a frame of another site or when the disk is full. */
export interface Database {
  all(): Promise<Kept[]>;
  put(kept: Kept): Promise<void>;
  remove(id: string): Promise<void>;
  /** Calls whenever another page has put or removed one. */
  watch(changed: () => void): void;
}

const NAME = "np-playground";

/** The browser's own database; it is opened with the first call. Its pages tell each other of changes. */
export function browserDatabase(): Database {
  let opened: ReturnType<typeof createStore> | undefined;
  const store = () => {
    opened ??= createStore(NAME, "results");
    return opened;
  };
  const others = new BroadcastChannel(NAME);
  const tell = () => others.postMessage(null);
  return {
    all: async () => values<Kept>(store()),
    put: async (kept) => set(kept.id, kept, store()).then(tell),
    remove: async (id) => del(id, store()).then(tell),
    watch: (changed) => others.addEventListener("message", changed),
  };
}
