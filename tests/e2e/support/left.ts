import { expect, type Page } from "@playwright/test";
import type { Left } from "../../../www/app/storage/keeper";
import { END_MS } from "./playground";

const STORE = "np-playground-under-way";

/** What the browser has stored of runs that were under way. */
export function leftIn(page: Page): Promise<Left[]> {
  return page.evaluate(
    (name) =>
      new Promise<Left[]>((resolve, reject) => {
        const open = indexedDB.open(name);
        open.onerror = () => reject(open.error);
        // Where there is none, none is made.
        open.onupgradeneeded = () => open.transaction?.abort();
        open.onsuccess = () => {
          const all = open.result.transaction("runs").objectStore("runs").getAll();
          all.onsuccess = () => {
            open.result.close();
            resolve(all.result);
          };
        };
      }).catch(() => []),
    STORE,
  );
}

export async function untilKept(page: Page, enough: (left: Left) => boolean = () => true): Promise<Left> {
  let left: Left | undefined;
  const isKept = async () => {
    [left] = await leftIn(page);
    return left !== undefined && enough(left);
  };
  await expect.poll(isKept, { timeout: END_MS }).toBe(true);
  return left as Left;
}
