import "np-playground/element";
import { type Config, type Images, type Result, train } from "np-playground";

const set = { pixels: new Uint8Array(64), labels: new Uint8Array(1) };
const images: Images = { height: 8, width: 8, classes: 2, train: set, test: set };
const config: Partial<Config> = { algorithms: ["np", "danp"], overrides: { np: { lr: 0.01 } } };
const result: Result = await train(config, images, {
  onEpoch: ({ runs }) => runs[0]?.history.test_acc.at(-1),
});
const hash: string | null | undefined = result.runs[0]?.weights_hash;

const playground = document.createElement("np-playground");
playground.hidden_sizes = [16];
playground.addEventListener("np-done", ({ detail }) => detail.runs[0]?.status === "finished" && hash);
await playground.play();

// @ts-expect-error There is no such rule.
await train({ algorithms: ["magic"] }, images);
// @ts-expect-error Images have two sides.
await train({}, { ...images, width: undefined });
