import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import * as text from "../text/text";
import { define } from "../ui/define";
import { ask, type TransportCommand } from "../ui/events";
import { shared } from "../ui/shared-styles";
import { ICONS } from "./icons";

/** Play or pause, step, epoch, reset, and how far the runs are. */
export class Transport extends LitElement {
  static override styles = [
    shared,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4rem 0.75rem;
        padding: 0.5rem 0.75rem;
      }
      .buttons {
        display: flex;
        gap: 0.4rem;
      }
      button {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 0.35rem;
        min-block-size: 2.25rem;
      }
      .play {
        min-inline-size: 6.5rem;
        border-color: var(--np-ink);
        background: var(--np-ink);
        color: var(--np-panel);
        font-weight: 600;
      }
      .play:hover:not(:disabled) {
        background: color-mix(in srgb, var(--np-ink) 85%, var(--np-panel));
      }
      .progress {
        flex: 1 1 8rem;
        min-inline-size: 0;
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.15rem;
      }
      .words {
        display: flex;
        flex-wrap: wrap;
        white-space: nowrap;
        justify-content: space-between;
        gap: 0 0.75rem;
        font-variant-numeric: tabular-nums;
      }
      .words .muted {
        overflow: hidden;
        text-overflow: ellipsis;
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
      @container (992px <= width < 1200px) {
        .play {
          min-inline-size: 5.5rem;
        }
        .progress {
          flex-basis: 6rem;
        }
      }
      @container (max-width: 640px) {
        .bar {
          padding-block-end: max(0.5rem, env(safe-area-inset-bottom));
        }
        .buttons {
          flex: 1 1 100%;
          order: 1;
          gap: 0.2rem;
        }
        button {
          flex: 1;
          gap: 0.2rem;
          padding: 0 0.2rem;
        }
        .play {
          min-inline-size: 4.25rem;
        }
        .undo {
          flex: 0 0 1.75rem;
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
            title=${text.acts.undo.help}
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
    const { label, help } = text.acts[command];
    return html`<button
      type="button"
      class=${kind}
      title=${help}
      ?disabled=${!this.ready}
      @focus=${() => ask(this, "np-focus", `act:${command}`)}
      @click=${() => ask(this, "np-command", command)}
    >
      ${ICONS[command]}${label}
    </button>`;
  }
}

define("np-transport", Transport);
