import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { defaults, fieldOf, SCHEMA } from "../../www/app/contract/config";
import { AppError } from "../../www/app/contract/errors";
import { takeGood } from "../../www/app/contract/taken";
import { fromLink, toLink } from "../../www/app/contract/url";
import { readCheckpoints } from "../../www/app/share/checkpoint";
import { areAuthors, readAuthors } from "../../www/app/share/read-authors";
import { readResult } from "../../www/app/share/read-result";
import { namesIn, unpacked } from "../../www/app/share/zip";
import { loadCheck } from "./check";
import { always, PATIENT } from "./tries";

let check: Awaited<ReturnType<typeof loadCheck>>;

beforeAll(async () => {
  check = await loadCheck();
});

/** What was thrown is a sentence for the visitor, or nothing was. */
function refusesInWords(act: () => unknown): void {
  try {
    act();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    expect(thrown.message.length).toBeGreaterThan(20);
  }
}

const KEYS = [
  ...SCHEMA.fields.map(({ name }) => name),
  "v",
  "hashes",
  "np.lr",
  "danp.lr@1.2",
  "__proto__",
  "x",
];
const linkParts = fc.array(
  fc.tuple(
    fc.constantFrom(...KEYS),
    fc.oneof(fc.string(), fc.double().map(String), fc.constantFrom("%", "%41", "=3D")),
  ),
);

describe("whatever a link says", PATIENT, () => {
  test("is settings, or left out by name", () => {
    always(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), linkParts.map(joined)), (hash) => {
        const { given, unknown } = fromLink(hash);
        expect(Object.keys(given).filter((name) => !fieldOf(name))).toEqual([]);
        for (const { key, value } of unknown) expect(typeof (key + value)).toBe("string");
      }),
    );
  });

  test("is taken as far as it can be, and the rest is named", () => {
    always(
      fc.property(linkParts.map(joined), (hash) => {
        const { given } = fromLink(hash);
        const { good, problems } = takeGood(given, check);
        expect(check(good)).toBeDefined();
        for (const { field, message } of problems) {
          expect(Object.keys(given)).toContain(field.split(".")[0]);
          expect(message).toContain(field);
        }
      }),
    );
  });

  test("comes back from the settings that it stood for", () => {
    const numbers = fc.record({
      lr: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      seed: fc.nat(),
      epochs: fc.integer({ min: 1, max: 100 }),
      hidden_sizes: fc.array(fc.integer({ min: 1, max: 2048 }), { minLength: 1, maxLength: 8 }),
    });
    always(
      fc.property(numbers, (some) => {
        const config = { ...defaults(), ...some };
        expect({ ...defaults(), ...fromLink(toLink(config)).given }).toEqual(config);
      }),
    );
  });
});

const joined = (parts: [string, string][]) => parts.map(([key, value]) => `${key}=${value}`).join("&");

const HISTORY = ["epoch", "train_loss", "train_acc", "test_loss", "test_acc", "alignment_deg"];
/** Making it up takes longer than reading it: what lies deeper is no longer looked at. */
const json = fc.jsonValue({ maxDepth: 1 });
const almostRun = fc.record({
  algorithm: fc.oneof(fc.constant("np"), json),
  seed: json,
  status: fc.oneof(fc.constant("finished"), json),
  history: fc.oneof(json, fc.dictionary(fc.constantFrom(...HISTORY), fc.array(json, { maxLength: 3 }))),
  weights_hash: json,
});
const almostResult = fc.record({
  config: fc.oneof(fc.dictionary(fc.constantFrom(...KEYS), json, { maxKeys: 5 }), json),
  version: fc.oneof(fc.constant(SCHEMA.version), json),
  sha256: fc.oneof(fc.constant("0"), json),
  runs: fc.oneof(fc.array(almostRun, { maxLength: 3 }), json),
});

describe("whatever a file holds", PATIENT, () => {
  test("is a result, or refused in words", () => {
    always(
      fc.property(fc.oneof(fc.jsonValue(), almostResult), (content) =>
        refusesInWords(() => readResult("a.json", content)),
      ),
    );
  });

  test("is what a zip or a checkpoint holds, or refused in words", () => {
    // Few are packed, as the page packs none: nearly all damage to those ends in the unpacking.
    const level = fc.constantFrom<0 | 6>(0, 0, 0, 0, 0, 0, 0, 6);
    const damaged = fc
      .tuple(almostResult, level, fc.nat(), fc.nat({ max: 255 }))
      .map(([manifest, level, at, byte]) => {
        const files = {
          "checkpoint.json": strToU8(JSON.stringify(manifest)),
          "np-seed-0.bin": new Uint8Array(9),
        };
        const zip = zipSync(files, { level });
        zip[at % zip.length] = byte;
        return zip;
      });
    // In what is too short to have a zip's end, fflate looks for it a hundred times as long.
    const END = 22;
    const zips = fc.oneof(
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: END - 1 }) },
      { weight: 100, arbitrary: fc.uint8Array({ minLength: END, maxLength: 300 }) },
      { weight: 100, arbitrary: damaged },
    );
    always(
      fc.property(zips, (zip) => {
        expect(Array.isArray(namesIn(zip))).toBe(true);
        refusesInWords(() => readCheckpoints("a.zip", zip, () => "0"));
      }),
    );
  });

  test("is a result of the authors' program, or refused in words", () => {
    const path = fc.constantFrom(
      "test_acc_mean.txt",
      "train_loss_mean.txt",
      "mnist_np.json",
      "per_seed.json",
    );
    const lines = fc
      .array(fc.oneof(fc.double().map(String), fc.constantFrom("nan", "-inf", "", "x")))
      .map((all) => all.join("\n"));
    const folders = fc.dictionary(
      path.map((file) => `mnist_np/${file}`),
      fc.oneof(lines, fc.json(), fc.string()),
    );
    const check = () => defaults();
    always(
      fc.property(folders, (folder) => {
        if (areAuthors(Object.keys(folder))) refusesInWords(() => readAuthors("results", folder, check));
      }),
    );
  });

  test("is not read to the end where more files are promised than the zip has room for", () => {
    const zip = zipSync({ "a.txt": new Uint8Array(9) });
    const count = zip.length - 22 + 8;
    zip.fill(0xff, count, count + 2);
    expect(namesIn(zip)).toEqual([]);
    expect(() => unpacked("a.zip", zip)).toThrow("a.zip");
  });

  test("is not unpacked where it is too much", () => {
    const zip = zipSync({ "zeros.txt": new Uint8Array(2 ** 27 + 1) });
    expect(zip.length).toBeLessThan(2 ** 20);
    expect(() => unpacked("a.zip", zip)).toThrow("a.zip unpacks to more than 128 MB");
    expect(namesIn(zip)).toEqual(["zeros.txt"]);
  });
});
