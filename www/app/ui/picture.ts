import { css, html, LitElement, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import { define } from "./define";

/** Pixels as a picture, each a sharp square. */
export class Picture extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    canvas {
      display: block;
      inline-size: 100%;
      image-rendering: pixelated;
    }
  `;

  /** RGBA, row by row. */
  @property({ attribute: false }) colours: Uint8ClampedArray<ArrayBuffer> | undefined;
  @property({ type: Number }) cols = 1;
  /** What it shows, for those who do not see it. */
  @property() label = "";

  override render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has("colours") || !this.colours) return;
    const canvas = this.renderRoot.querySelector("canvas");
    const image = new ImageData(this.colours, this.cols);
    if (!canvas) return;
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d")?.putImageData(image, 0, 0);
  }
}

define("np-picture", Picture);
