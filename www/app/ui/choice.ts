import { css, html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

/** A few options side by side, one of them chosen: native radio buttons that look like one switch. */
export function choice<Value extends string>(
  legend: string,
  options: readonly (readonly [Value, string])[],
  chosen: string,
  choose: (value: Value) => void,
): TemplateResult {
  return html`<fieldset class="choice">
    <legend class="unseen">${legend}</legend>
    ${options.map(
      ([value, label]) => html`<label>
        <input
          type="radio"
          name=${legend}
          value=${value}
          .checked=${live(value === chosen)}
          @change=${() => choose(value)}
        />
        <span>${label}</span>
      </label>`,
    )}
  </fieldset>`;
}

export const choiceStyles = css`
  .choice {
    display: inline-flex;
    margin: 0;
    padding: 0;
    border: 1px solid var(--np-edge);
    border-radius: var(--np-radius);
    min-inline-size: 0;
  }
  .choice label {
    position: relative;
    display: grid;
  }
  .choice input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .choice span {
    display: grid;
    align-content: center;
    min-block-size: 26px;
    padding-inline: 10px;
    border-radius: calc(var(--np-radius) - 1px);
  }
  .choice input:checked + span {
    background: var(--np-ink);
    color: var(--np-panel);
  }
  .choice input:focus-visible + span {
    outline: 2px solid var(--np-focus);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .choice input:checked + span {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
