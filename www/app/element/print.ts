import { css, type LitElement, type ReactiveController } from "lit";
import type { Result } from "../contract/result";
import { toLink } from "../contract/url";
import { captionOf } from "../share/caption";
import { inTheme } from "../ui/palette";
import { type Chart, chartsIn } from "./charts";
import { siteLink } from "./site";
import { savesData } from "./welcome";

type Host = LitElement & { result: Result };
type Draw = typeof import("../chart/figure").figureOf;

/** In millimetres: the page between its margins, and half of it. */
const WIDTHS = { whole: 175, half: 85 };

const STYLES = css`
  @media screen {
    .printed {
      display: none;
    }
  }
  @media print {
    /* Shown alone it lies over the page, on every sheet. */
    :host([presenting]) {
      position: static;
    }
    :is(.layout, np-figure, np-embed-dialog):has(~ .printed) {
      display: none !important;
    }
    .printed {
      display: flex;
      flex-wrap: wrap;
      gap: 4mm;
    }
    .printed > * {
      break-inside: avoid;
    }
    .printed p {
      flex: 1 1 100%;
      overflow-wrap: anywhere;
    }
  }
`;

/** Safari does not tell when it is idle. */
const whenIdle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 1000));

/** What is printed in the place of the element: its charts as they are set, drawn for paper, and what leads to them. */
export class Print implements ReactiveController {
  readonly #host: Host;
  readonly #sheet = document.createElement("div");
  #draw: Draw | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#sheet.className = "printed";
    const styles = new CSSStyleSheet();
    styles.replaceSync(STYLES.cssText);
    host.shadowRoot?.adoptedStyleSheets.push(styles);
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener("beforeprint", this.#begin);
    addEventListener("afterprint", this.#end);
    this.#host.addEventListener("np-epoch", this.#prepare, { once: true });
    this.#host.addEventListener("np-done", this.#prepare);
  }

  hostDisconnected(): void {
    removeEventListener("beforeprint", this.#begin);
    removeEventListener("afterprint", this.#end);
    this.#host.removeEventListener("np-epoch", this.#prepare);
    this.#host.removeEventListener("np-done", this.#prepare);
  }

  /** Printing does not wait for what draws, which is large: it comes when there is something worth it, and time. */
  readonly #prepare = (): void => {
    if (this.#draw || savesData()) return;
    whenIdle(() => void this.#load());
  };

  async #load(): Promise<void> {
    // Where it does not come, the charts are printed as they are on the screen.
    this.#draw = (await import("../chart/figure").catch(() => undefined))?.figureOf;
  }

  readonly #begin = (): void => {
    const { result, renderRoot } = this.#host;
    // To the curves: other settings may have been chosen since.
    const link = toLink(result.config);
    const charts = chartsIn(renderRoot);
    // Where One update stands in the middle, the page is printed as it is.
    if (charts.length === 0) return;
    const source = document.createElement("p");
    source.textContent = siteLink(link);
    this.#sheet.replaceChildren(...charts.flatMap((chart) => this.#picture(chart, result, link)), source);
    renderRoot.append(this.#sheet);
  };

  readonly #end = (): void => this.#sheet.remove();

  #picture(chart: Chart, { config, version }: Result, link: string): Element[] {
    const draw = this.#draw;
    if (!draw) return canvasOf(chart);
    const width = chart.localName === "np-learning-curves" ? WIDTHS.whole : WIDTHS.half;
    const caption = captionOf(config, version, chart);
    return [
      inTheme("light", (colour) => draw(chart.figure, { width, colour, caption, source: siteLink(link) })),
    ];
  }
}

/** As it is on the screen: what draws has not come yet. */
function canvasOf(chart: Chart): Element[] {
  const canvas = chart.shadowRoot?.querySelector("np-plot")?.shadowRoot?.querySelector("canvas");
  if (!canvas) return [];
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  copy.style.width = "100%";
  copy.getContext("2d")?.drawImage(canvas, 0, 0);
  return [copy];
}
