/**
 * MathML as text: equations need neither fonts nor a library. A bare text is a number, an operator or a name, by its
 * characters; what begins with "<" is MathML already.
 */
export type Part = string;

const NUMBER = /^[0-9.]+$/;
const OPERATOR = /^[=←−+·/(),‖∂∈~∑]+$/;

export function equation(...parts: Part[]): string {
  return `<math>${parts.map(atom).join("")}</math>`;
}

export function sub(base: Part, index: Part): string {
  return `<msub>${atom(base)}${atom(index)}</msub>`;
}

export function sup(base: Part, exponent: Part): string {
  return `<msup>${atom(base)}${atom(exponent)}</msup>`;
}

export function subsup(base: Part, index: Part, exponent: Part): string {
  return `<msubsup>${atom(base)}${atom(index)}${atom(exponent)}</msubsup>`;
}

/** A mark above: the tilde of a noisy pass. */
export function noisy(base: Part): string {
  return `<mover accent="true">${atom(base)}<mo>~</mo></mover>`;
}

export function fraction(above: Part, below: Part): string {
  return `<mfrac>${atom(above)}${atom(below)}</mfrac>`;
}

export function row(...parts: Part[]): string {
  return `<mrow>${parts.map(atom).join("")}</mrow>`;
}

function atom(part: Part): string {
  if (part.startsWith("<")) return part;
  if (NUMBER.test(part)) return `<mn>${part}</mn>`;
  if (OPERATOR.test(part)) return `<mo>${part}</mo>`;
  return `<mi>${part}</mi>`;
}
