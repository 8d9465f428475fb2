import type { Page } from "@playwright/test";

/** What the browser has measured of its own thread, in milliseconds. */
export interface Smoothness {
  /** From one frame to the next. */
  frames: number[];
  /** Tasks of more than 50. */
  longTasks: number[];
  /** From a press of a key or a button until what it did was painted; those below 16 are not told. */
  interactions: number[];
}

declare global {
  interface Window {
    smoothness: Smoothness;
  }
}

/** The part of the Event Timing API that TypeScript does not know. */
type EventTiming = PerformanceEventTiming & { interactionId: number };

/** From now on, writes down how smoothly the page goes. */
export async function watchSmoothness(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Smoothness = { frames: [], longTasks: [], interactions: [] };
    window.smoothness = seen;
    const observe = (type: string, note: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
        type,
        durationThreshold: 16,
      } as PerformanceObserverInit);
    observe("longtask", ({ duration }) => seen.longTasks.push(duration));
    observe("event", (entry) => {
      if ((entry as EventTiming).interactionId > 0) seen.interactions.push(entry.duration);
    });
    let last = performance.now();
    const frame = (now: number) => {
      seen.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

export function smoothnessOf(page: Page): Promise<Smoothness> {
  return page.evaluate(() => window.smoothness);
}

/** Frames in each whole second, one after the other. */
export function framesPerSecond(frames: readonly number[]): number[] {
  const counts: number[] = [];
  let time = 0;
  for (const frame of frames) {
    time += frame;
    const second = Math.floor(time / 1000);
    counts[second] = (counts[second] ?? 0) + 1;
  }
  return Array.from(counts.slice(0, -1), (count) => count ?? 0);
}
