import { BUNDLED, type Bundled } from "../contract/bundled";
import { type Config, defaults, fieldOf, type Given } from "../contract/config";
import { type OwnData, SETS, type Size } from "../contract/own";
import type { Shape } from "../worker/room";

/** What networks of these settings read and answer, as far as it is known. */
export function shapeOf({ dataset, image_size }: Config, own: OwnData | null): Shape {
  return (dataset === "own" && own) || { rows: image_size, cols: image_size, classes: 10 };
}

/** How many images somebody wants, whether there are so many or not. */
export type Wanted = Pick<Config, Size>;

const NAMES: readonly Size[] = ["train_size", "test_size"];

export function wantedAtFirst(): Wanted {
  return wanted((name) => defaults()[name]);
}

/** What is wanted under these settings: all own images that there are may be fewer than were wanted `before`. */
export function wantedNow(config: Config, own: OwnData | null, before: Wanted): Wanted {
  const isAll = (name: Size) => config.dataset === "own" && config[name] === own?.[SETS[name]].images;
  return wanted((name) => (isAll(name) ? before[name] : config[name]));
}

/** These sizes as MNIST allows them. */
export function ofMnist(sizes: Wanted): Wanted {
  return wanted((name) => {
    const field = fieldOf(name);
    if (field?.kind !== "integer") return sizes[name];
    return Math.min(field.max, Math.max(field.min, sizes[name]));
  });
}

/** The defaults, as far as this script brings the images for them along. */
export function atFirst(): Config {
  return { ...defaults(), ...BUNDLED?.most };
}

/** Settings that ask for no more images than there are. */
export function within(given: Given, own: OwnData | null): Given {
  if (given.dataset !== "own" && BUNDLED) return { ...given, ...held(given, BUNDLED.most) };
  if (given.dataset !== "own" || !own) return given;
  const fitted = NAMES.flatMap((name) => {
    const size = given[name] ?? defaults()[name];
    return typeof size === "number" ? [[name, Math.min(size, own[SETS[name]].images)]] : [];
  });
  return { ...given, ...Object.fromEntries(fitted) };
}

function held(given: Given, most: Bundled["most"]): Partial<Bundled["most"]> {
  const names = Object.keys(most) as (keyof Bundled["most"])[];
  const smaller = names.map((name) => [name, Math.min(Number(given[name] ?? defaults()[name]), most[name])]);
  return Object.fromEntries(smaller);
}

function wanted(of: (name: Size) => number): Wanted {
  return { train_size: of("train_size"), test_size: of("test_size") };
}
