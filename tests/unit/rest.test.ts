import { afterEach, expect, test, vi } from "vitest";
import { Rest } from "../../www/app/element/rest";

/** A page with an embedded playground, which a test shows and hides. */
function embedded(hidden: boolean) {
  let report = (_: readonly { isIntersecting: boolean }[]) => {};
  class Observer {
    constructor(told: typeof report) {
      report = told;
    }
    observe(): void {}
    disconnect(): void {}
  }
  const page = Object.assign(new EventTarget(), { hidden });
  vi.stubGlobal("IntersectionObserver", Observer);
  vi.stubGlobal("document", page);
  const experiment = {
    ...{ phase: "idle", playing: false },
    play: () => Object.assign(experiment, { phase: "running", playing: true }),
    pause: () => Object.assign(experiment, { phase: "paused", playing: false }),
  };
  const session = { experiment, sweep: { resting: false } };
  const rest = new Rest({} as Element, session as unknown as ConstructorParameters<typeof Rest>[1]);
  return {
    ...{ experiment, rest },
    scroll: (isIntersecting: boolean) => report([{ isIntersecting }]),
    turn: (hidden: boolean) => {
      page.hidden = hidden;
      page.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

test("runs that a script begins in a hidden tab go on when the reader comes to it", () => {
  const { experiment, scroll, turn } = embedded(true);
  experiment.play();
  // No observer reports in a hidden tab: only when it is seen.
  turn(false);
  expect(experiment.phase).toBe("running");
  scroll(true);
  expect(experiment.phase).toBe("running");
});

test("runs stand still while nobody sees them, and go on by themselves", () => {
  const { experiment, scroll, turn } = embedded(false);
  scroll(true);
  experiment.play();
  for (const hide of [() => scroll(false), () => turn(true)]) {
    hide();
    expect(experiment.phase).toBe("paused");
    scroll(true);
    turn(false);
    expect(experiment.phase).toBe("running");
  }
});
