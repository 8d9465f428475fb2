import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Address } from "../../www/app/state/address";

/** A page whose browser allows so many changes of the address in a row, and more when time has passed. */
function pageThatAllows(most: number) {
  const location = { hash: "" };
  const log: string[] = [];
  let left = most;
  const change = (kind: string) => (_state: unknown, _title: string, link: string) => {
    if (left === 0) throw new DOMException("too many changes", "SecurityError");
    left -= 1;
    location.hash = link;
    log.push(`${kind} ${link}`);
  };
  const history = { replaceState: vi.fn(change("show")), pushState: vi.fn(change("visit")) };
  const allowMore = () => {
    left = most;
  };
  return { page: { location, history, setTimeout } as unknown as Window, location, history, log, allowMore };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the address", () => {
  test("is written at once, and of many changes that follow only the last", () => {
    const { page, log } = pageThatAllows(100);
    const address = new Address(page);
    for (let change = 0; change < 500; change++) address.show(`lr=${change}`);
    expect(log).toEqual(["show #lr=0"]);
    vi.runAllTimers();
    expect(log).toEqual(["show #lr=0", "show #lr=499"]);
  });

  test("stays below what browsers allow in ten seconds, however often it changes", () => {
    const { page, history } = pageThatAllows(1000);
    const address = new Address(page);
    for (let change = 0; change < 1000; change++) {
      address.show(`lr=${change}`);
      vi.advanceTimersByTime(10);
    }
    expect(history.replaceState.mock.calls.length).toBeLessThanOrEqual(51);
  });

  test("never throws where the browser refuses, and comes when it allows it again", () => {
    const { page, log, allowMore } = pageThatAllows(1);
    const address = new Address(page);
    address.show("lr=1");
    address.show("lr=2");
    vi.advanceTimersByTime(1000);
    expect(log).toEqual(["show #lr=1"]);
    address.show("lr=3");
    allowMore();
    vi.runAllTimers();
    expect(log).toEqual(["show #lr=1", "show #lr=3"]);
  });

  test("a place for back stays one, also when other settings follow before it is written", () => {
    const { page, log } = pageThatAllows(100);
    const address = new Address(page);
    address.show("lr=1");
    address.visit("preset");
    address.show("preset&lr=2");
    vi.runAllTimers();
    expect(log).toEqual(["show #lr=1", "visit #preset&lr=2"]);
  });

  test("is not written where it says so already", () => {
    const { page, location, log } = pageThatAllows(100);
    location.hash = "#lr=1";
    new Address(page).show("lr=1");
    expect(log).toEqual([]);
  });

  test("leaves an address that the reader gives while another waits", () => {
    const { page, location, log } = pageThatAllows(100);
    const address = new Address(page);
    address.visit("a");
    address.visit("b");
    location.hash = "#given";
    vi.runAllTimers();
    expect(log).toEqual(["visit #a"]);
    expect(location.hash).toBe("#given");
    address.show("given-and-checked");
    expect(location.hash).toBe("#given-and-checked");
  });
});
