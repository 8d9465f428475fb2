import type { Engines } from "../www/app/learn/begin";
import type { Train } from "../www/app/learn/facts";
import type { LOOKED_AT } from "../www/app/learn/lessons";

export function engines(lookedAt: typeof LOOKED_AT): Promise<Engines & { train: Train }>;
