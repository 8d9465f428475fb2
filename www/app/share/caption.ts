import { type Config, SCHEMA } from "../contract/config";
import { ruleLabel } from "../contract/rules";
import { changeSentence } from "../explain/changes";
import type { Band } from "../metrics/aggregate";
import type { ChartModel } from "../metrics/curve";
import { number } from "../metrics/format";
import { caption } from "../text/share";
import * as text from "../text/text";

/** A chart as it is set. */
interface Drawn {
  band: Band;
  figure: ChartModel;
}

/** What a figure has to say of itself: the network and the images, how it learned, what the lines and the band are. */
export function captionOf(config: Config, version: string, { band, figure }: Drawn): string {
  const { hidden_sizes, train_size, image_size, dataset, batch_size, optimizer, lr, seed, num_seeds } =
    config;
  const images = number(train_size);
  const own = config.algorithms.every((algorithm) => config.overrides[algorithm]?.lr !== undefined);
  return [
    caption.network(
      hidden_sizes.join(", "),
      dataset === "own" ? caption.own(images) : caption.mnist(images, image_size),
    ),
    caption.learning(text.choices[optimizer] ?? optimizer, own ? "" : number(lr), number(batch_size)),
    ...ownSentences(config),
    ...[changeSentence(config)].filter(Boolean),
    text.curves.styles,
    ...(figure.curves.some(({ ghost }) => ghost) ? [caption.pale] : []),
    num_seeds > 1 ? caption.seeds(num_seeds, text.bands[band]) : caption.seed(seed),
    caption.made(version),
  ].join(" ");
}

/** What rules have for themselves. */
function ownSentences({ algorithms, overrides }: Config): string[] {
  return algorithms.flatMap((algorithm) => {
    const own = overrides[algorithm] ?? {};
    const values = SCHEMA.fields.flatMap(({ name }) => {
      const value = name in own ? own[name as keyof typeof own] : undefined;
      return value === undefined ? [] : [text.changes.rate(text.fields[name].label, value)];
    });
    return values.length > 0 ? [caption.ownRates(ruleLabel(algorithm), values.join(", "))] : [];
  });
}
