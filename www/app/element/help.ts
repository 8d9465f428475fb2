import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import { PAPER, RIVALS, ruleKey, ruleLabel } from "../contract/rules";
import * as later from "../text/later";
import { define } from "../ui/define";
import { dialogStyles } from "../ui/dialog-styles";
import { ask } from "../ui/events";
import { shared, tables } from "../ui/shared-styles";

/** What the page does, and its keys. It opens when it is put on the page. */
export class Help extends LitElement {
  static override styles = [
    shared,
    tables,
    dialogStyles,
    css`
      dialog {
        inline-size: min(512px, calc(100vw - 32px));
      }
      p,
      h3,
      table {
        margin-block: 12px;
      }
      th,
      td {
        text-align: start;
        white-space: normal;
      }
      tbody th {
        color: inherit;
        white-space: nowrap;
      }
      .end {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 8px;
        min-block-size: 24px;
      }
    `,
  ];

  @property({ type: Boolean }) shortcuts = true;

  override render() {
    return html`<dialog aria-labelledby="title" @close=${() => ask(this, "np-help", false)}>
      <h2 id="title">${later.help.title}</h2>
      <p>${later.help.about}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">${later.help.key}</th>
            <th scope="col">${later.help.does}</th>
          </tr>
        </thead>
        <tbody>
          ${[...later.help.list, ...ruleKeys()].map(
            ([key, does]) =>
              html`<tr>
                <th scope="row">${key}</th>
                <td>${does}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="muted">${later.help.within}</p>
      <div class="end">
        <label>
          <input type="checkbox" .checked=${this.shortcuts} @change=${this.#setShortcuts} />
          ${later.help.shortcuts}
        </label>
        <button type="button" autofocus @click=${() => this.#dialog.close()}>${later.help.close}</button>
      </div>
    </dialog>`;
  }

  override firstUpdated(): void {
    this.#dialog.showModal();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector("dialog") as HTMLDialogElement;
  }

  #setShortcuts(event: Event): void {
    ask(this, "np-prefer", { shortcuts: (event.target as HTMLInputElement).checked });
  }
}

/** A line for each line of rules, as far as there are keys for them. */
function ruleKeys(): [keys: string, does: string][] {
  const lines = [PAPER, RIVALS].flatMap(({ plain, decorrelated }) => [plain, decorrelated]);
  const keyed = lines.map((line) => line.filter(ruleKey)).filter((line) => line.length > 0);
  return keyed.map((line) => [
    line.map(ruleKey).join(", "),
    later.help.choosing(line.map(ruleLabel).join(", ")),
  ]);
}

define("np-help", Help);
