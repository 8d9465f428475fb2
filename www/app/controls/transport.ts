import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import * as text from "../text/text";
import { about } from "../ui/about";
import { define } from "../ui/define";
import { ask, type TransportCommand } from "../ui/events";
import { ICONS } from "../ui/icons";
import { Pressed } from "../ui/press";
import { shared } from "../ui/shared-styles";

/** Play or pause, step, epoch, reset, and how far the runs are. */
export class Transport extends LitElement {
  static override styles = [
    shared,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
        padding: 8px 12px;
      }
      .buttons {
        display: flex;
        gap: 6px;
      }
      button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 6px;
        min-block-size: 36px;
      }
      .play {
        min-inline-size: 104px;
        border-color: var(--np-ink);
        background: var(--np-ink);
        color: var(--np-panel);
        font-weight: 600;
      }
      .play:hover:not(:disabled) {
        background: color-mix(in srgb, var(--np-ink) 85%, var(--np-panel));
      }
      .progress {
        flex: 1 1 128px;
        min-inline-size: 0;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 2px;
      }
      .words {
        display: flex;
        flex-wrap: wrap;
        white-space: nowrap;
        justify-content: space-between;
        gap: 0 12px;
        font-variant-numeric: tabular-nums;
      }
      /* Where there is no room for the speed, it is left out rather than cut. */
      .words .muted {
        block-size: 1lh;
        overflow: hidden;
        white-space: normal;
      }
      progress {
        appearance: none;
        display: block;
        inline-size: 100%;
        block-size: 6px;
        border: 0;
        border-radius: 3px;
        overflow: hidden;
        background: var(--np-line);
      }
      progress::-webkit-progress-bar {
        background: var(--np-line);
      }
      progress::-webkit-progress-value {
        background: var(--np-ink);
      }
      progress::-moz-progress-bar {
        background: var(--np-ink);
      }
      @media (forced-colors: active) {
        progress {
          appearance: auto;
        }
        .play {
          forced-color-adjust: none;
          border-color: Highlight;
          background: Highlight;
          color: HighlightText;
        }
      }
      /* As high with few words as with many. */
      @container (992px <= width < 1360px) {
        .words {
          min-block-size: 2lh;
          font-size: 13px;
          line-height: 1.2;
        }
      }
      @container (992px <= width < 1200px) {
        .buttons {
          gap: 4px;
        }
        button {
          padding: 0 8px;
        }
        .play {
          min-inline-size: 88px;
        }
        .progress {
          flex-basis: 96px;
        }
      }
      @container (max-width: 640px) {
        .bar {
          padding-block-end: max(8px, env(safe-area-inset-bottom));
        }
        .buttons {
          flex: 1 1 100%;
          order: 1;
          gap: 5px;
        }
        button {
          flex: 1;
          gap: 3px;
          padding: 0 3px;
        }
        .play {
          min-inline-size: 68px;
        }
        .undo {
          flex: 0 0 28px;
        }
      }
      @container (max-width: 340px) {
        .buttons {
          gap: 3px;
        }
        button {
          gap: 1px;
          padding: 0 1px;
        }
        .play {
          min-inline-size: 0;
        }
      }
    `,
  ];

  @property({ type: Boolean }) playing = false;
  /** False until there is a configuration to run. */
  @property({ type: Boolean }) ready = false;
  /** Between 0 and 1. */
  @property({ type: Number }) progress = 0;
  /** Whether there is something to take back. */
  @property({ type: Boolean }) undoable = false;
  /** Whether keys are heard. */
  @property({ type: Boolean }) keys = true;
  readonly #pressed = new Pressed<TransportCommand>();
  @property() place = "";
  @property() status = "";

  override render() {
    return html`
      <div class="bar">
        <div class="buttons" role="group" aria-label=${text.transport.group}>
          ${this.#button(this.playing ? "pause" : "play", "play")} ${this.#button("step")} ${this.#button("epoch")}
          ${this.#button("reset")}
          <button
            type="button"
            class="undo"
            title=${text.keyed(text.acts.undo, this.keys)}
            aria-label=${text.acts.undo.label}
            ?disabled=${!this.ready || !this.undoable}
            @focus=${() => ask(this, "np-focus", "act:undo")}
            @click=${() => ask(this, "np-undo", null)}
          >
            ${ICONS.undo}
          </button>
        </div>
        <div class="progress">
          <div class="words">
            <span>${this.place}</span>
            <span class="muted">${this.status}</span>
          </div>
          <progress aria-label=${text.transport.progress} max="1" .value=${this.progress}></progress>
        </div>
      </div>
    `;
  }

  #button(command: TransportCommand, kind = "") {
    const { label } = text.acts[command];
    return html`<button
      type="button"
      class=${kind}
      title=${text.keyed(text.acts[command], this.keys)}
      ?disabled=${!this.ready}
      ${about(`act:${command}`)}
      @mousedown=${() => this.#pressed.begin(command)}
      @mouseleave=${this.#pressed.forget}
      @keydown=${this.#pressed.forget}
      @click=${() => ask(this, "np-command", this.#pressed.end(command))}
    >
      ${ICONS[command]}${label}
    </button>`;
  }
}

define("np-transport", Transport);
