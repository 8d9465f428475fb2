import "./app/element/np-playground";
import type { Failure } from "./app/contract/errors";
import type { Result } from "./app/contract/result";

/** What a page around the playground does with it, by its contract alone. */
const first = document.querySelector<HTMLElementTagNameMap["np-playground"]>("#first");
const second = document.querySelector<HTMLElementTagNameMap["np-playground"]>("#second");
const heard = document.querySelector("#heard");

type Action = "play" | "pause" | "step" | "epoch" | "reset" | "lower" | "mistake" | "remove";

function act(action: Action): void {
  switch (action) {
    case "lower":
      if (first) first.lr /= 2;
      break;
    case "mistake":
      first?.setAttribute("lr", "-1");
      break;
    case "remove":
      second?.remove();
      break;
    default:
      void first?.[action]();
      if (second?.isConnected) void second[action]();
  }
}

function note(event: Event): void {
  const { runs, error } = (event as CustomEvent<Result & { error?: Failure }>).detail;
  const standing = runs.map(({ algorithm, history }) => {
    const accuracy = history.test_acc.at(-1);
    return `${algorithm} ${accuracy == null ? "not yet" : accuracy.toFixed(3)}`;
  });
  const line = document.createElement("li");
  line.textContent = `${(event.target as Element).id}: ${event.type}: ${error?.message ?? standing.join(", ")}`;
  heard?.append(line);
}

for (const name of ["np-epoch", "np-done", "np-error"]) document.addEventListener(name, note);
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-do]")) {
  button.addEventListener("click", () => act(button.dataset.do as Action));
}
