import { html, mathml, type TemplateResult } from "lit";

/** Part of an equation: a bare text is a number, an operator or a name, by its characters. */
export type Part = string | TemplateResult;

const NUMBER = /^[0-9.]+$/;
const OPERATOR = /^[=←−+·/(),‖∂∈~∑]+$/;

/** MathML of its own, so that equations need neither fonts nor a library. */
export function equation(...parts: Part[]): TemplateResult {
  return html`<math>${parts.map(atom)}</math>`;
}

export function sub(base: Part, index: Part): TemplateResult {
  return mathml`<msub>${atom(base)}${atom(index)}</msub>`;
}

export function sup(base: Part, exponent: Part): TemplateResult {
  return mathml`<msup>${atom(base)}${atom(exponent)}</msup>`;
}

export function subsup(base: Part, index: Part, exponent: Part): TemplateResult {
  return mathml`<msubsup>${atom(base)}${atom(index)}${atom(exponent)}</msubsup>`;
}

/** A mark above: the tilde of a noisy pass. */
export function noisy(base: Part): TemplateResult {
  return mathml`<mover accent="true">${atom(base)}<mo>~</mo></mover>`;
}

export function fraction(above: Part, below: Part): TemplateResult {
  return mathml`<mfrac>${atom(above)}${atom(below)}</mfrac>`;
}

export function row(...parts: Part[]): TemplateResult {
  return mathml`<mrow>${parts.map(atom)}</mrow>`;
}

function atom(part: Part): TemplateResult {
  if (typeof part !== "string") return part;
  if (NUMBER.test(part)) return mathml`<mn>${part}</mn>`;
  if (OPERATOR.test(part)) return mathml`<mo>${part}</mo>`;
  return mathml`<mi>${part}</mi>`;
}
