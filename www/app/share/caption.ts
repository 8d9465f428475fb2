import type { Config } from "../contract/config";
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
  const own = Object.keys(config.overrides).length > 0;
  return [
    caption.network(
      hidden_sizes.join(", "),
      dataset === "own" ? caption.own(images) : caption.mnist(images, image_size),
    ),
    caption.learning(text.choices[optimizer] ?? optimizer, own ? "" : number(lr), number(batch_size)),
    ...[changeSentence(config)].filter(Boolean),
    text.curves.styles,
    ...(figure.curves.some(({ ghost }) => ghost) ? [caption.pale] : []),
    num_seeds > 1 ? caption.seeds(num_seeds, text.bands[band]) : caption.seed(seed),
    caption.made(version),
  ].join(" ");
}
