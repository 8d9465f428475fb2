/** Drawings that wait for their frame. */
const waiting = new Set<() => void>();

/**
 * Draws soon, and only once however often it is asked for before. One drawing a frame: all charts of a page in the
 * same frame would keep it from answering for several times as long.
 */
export function drawInFrame(draw: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(next);
  waiting.add(draw);
}

export function forgetDrawing(draw: () => void): void {
  waiting.delete(draw);
}

function next(): void {
  const [draw] = waiting;
  if (!draw) return;
  waiting.delete(draw);
  if (waiting.size > 0) requestAnimationFrame(next);
  draw();
}
