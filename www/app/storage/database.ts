import { createStore, del, set, values } from "idb-keyval";

/** Where things outlive the page. Each call may be refused, as in a frame of another site or when the disk is full. */
export interface Database<Item> {
  /** Whether it is one at all. */
  readonly stores: boolean;
  all(): Promise<Item[]>;
  put(item: Item): Promise<void>;
  remove(id: string): Promise<void>;
  /** Calls whenever another page has put or removed one. */
  watch(changed: () => void): void;
}

/** Nothing outlives the page. */
export function noDatabase<Item>(): Database<Item> {
  return { stores: false, all: async () => [], put: async () => {}, remove: async () => {}, watch: () => {} };
}

/**
 * One of the browser's own databases; it is opened with the first call. Its pages tell each other of changes. What does not
 * fit is passed over: another build at the same origin may have put it there.
 */
export function browserDatabase<Item extends { id: string }>(
  name: string,
  objects: string,
  fits: (item: unknown) => item is Item,
): Database<Item> {
  let opened: ReturnType<typeof createStore> | undefined;
  const store = () => {
    opened ??= createStore(name, objects);
    return opened;
  };
  const others = new BroadcastChannel(name);
  const tell = () => others.postMessage(null);
  return {
    stores: true,
    all: async () => (await values<unknown>(store())).filter(fits),
    put: async (item) => set(item.id, item, store()).then(tell),
    remove: async (id) => del(id, store()).then(tell),
    watch: (changed) => others.addEventListener("message", changed),
  };
}
