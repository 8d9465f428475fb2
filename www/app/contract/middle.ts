/** What stands in the middle of the page; the first does so unless something else is asked for. */
export const MIDDLES = ["curves", "update"] as const;

export type Middle = (typeof MIDDLES)[number];

export function isMiddle(name: string): name is Middle {
  return MIDDLES.some((middle) => middle === name);
}
