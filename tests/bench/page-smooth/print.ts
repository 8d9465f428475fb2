/** One line of what was measured, what is wanted of it on an idle machine, and the reference loop before and after. */
export function print(what: string, measured: string, wanted: string, reference: readonly number[]): void {
  const loops = reference.map((milliseconds) => milliseconds.toFixed(0)).join(" and ");
  process.stdout.write(
    `${what.padEnd(34)} ${measured.padEnd(28)} wanted: ${wanted} (reference loop: ${loops} ms)\n`,
  );
}
