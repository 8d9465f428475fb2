// Whoever imports `train` alone gets no element, and needs no page.
for (const name of ["window", "document", "customElements", "HTMLElement", "navigator"]) {
  Object.defineProperty(globalThis, name, {
    get() {
      throw new Error(`${name} has been asked for`);
    },
  });
}
const { train } = await import("np-playground");
console.log(typeof train);
