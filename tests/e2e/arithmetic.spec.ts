import { link, open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

test("fast arithmetic is loaded when it is chosen, learns as well, and says so", async ({ page }) => {
  const modules: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) modules.push(request.url());
  });
  const playground = await open(page, SMALL);
  await playground.button("Play").click();
  await playground.untilDone();
  const exact = await playground.result();
  expect(modules).toHaveLength(1);

  await playground.host.evaluate((element, arithmetic) => Object.assign(element, { arithmetic }), "fast");
  await expect.poll(async () => (await playground.config()).arithmetic).toBe("fast");
  await playground.button("Play").click();
  await playground.untilDone();
  const fast = await playground.result();
  expect(modules).toHaveLength(2);
  expect(fast.config.arithmetic).toBe("fast");
  expect(new URL(page.url()).hash).toContain("arithmetic=fast");
  await expect(page.getByText("these numbers depend on the processor")).toBeVisible();
  for (const [i, run] of exact.runs.entries()) {
    const [before, after] = [run, fast.runs[i]].map((one) => one?.history.test_acc.at(-1) ?? Number.NaN);
    expect(Math.abs((after ?? 0) - (before ?? 1)), run.algorithm).toBeLessThan(0.1);
  }
});

test("a link to fast arithmetic holds in a browser without relaxed SIMD, exactly, and says so", async ({
  page,
}) => {
  await page.addInitScript(() => {
    const validate = WebAssembly.validate;
    const hasRelaxed = (bytes: BufferSource) => {
      const code = [...new Uint8Array(bytes as ArrayBuffer)];
      return code.some((byte, i) => byte === 253 && code[i + 1] === 133 && code[i + 2] === 2);
    };
    WebAssembly.validate = (bytes) => !hasRelaxed(bytes) && validate(bytes);
  });
  await page.goto(`embed.html#${link({ ...SMALL, arithmetic: "fast" })}`);
  const playground = new Playground(page);
  await expect(page.getByText("needs relaxed SIMD, which this browser does not have")).toBeVisible();
  expect(await playground.config()).toMatchObject({ arithmetic: "exact", train_size: SMALL.train_size });
  await playground.button("Play").click();
  await playground.untilDone();
  expect((await playground.result()).runs[0]?.status).toBe("finished");

  await playground.host.evaluate((element) => Object.assign(element, { arithmetic: "fast", epochs: 3 }));
  await expect.poll(async () => (await playground.config()).epochs).toBe(3);
  expect((await playground.config()).arithmetic).toBe("exact");
  await expect(page.getByText("needs relaxed SIMD, which this browser does not have")).toBeVisible();
});
