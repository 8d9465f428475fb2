import { expect, test } from "vitest";
import { type Images, ownData } from "../../www/app/dataset/arrays";

const images: Images = {
  ...{ height: 1, width: 2, classes: 3 },
  train: { pixels: Uint8Array.of(1, 2, 3, 4, 5, 6), labels: Uint8Array.of(0, 1, 0) },
  test: { pixels: Uint8Array.of(7, 8), labels: Uint8Array.of(2) },
};

const of = (changes: object) => ownData({ ...images, ...changes }, () => "its hash");

test("images from a program are as those from IDX files", () => {
  const { rows, cols, classes, names, bytes, train, test, shards } = of({});
  expect({ rows, cols, classes, names, bytes }).toEqual({
    ...{ rows: 1, cols: 2, classes: 3, bytes: 8 },
    names: ["0", "1", "2"],
  });
  expect([train, test]).toEqual([
    { images: 3, counts: Uint32Array.of(2, 1, 0) },
    { images: 1, counts: Uint32Array.of(0, 0, 1) },
  ]);
  expect(shards.train).toEqual([
    {
      images: {
        ...{ name: "train.pixels", sha256: "its hash" },
        bytes: Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6),
      },
      labels: {
        ...{ name: "train.labels", sha256: "its hash" },
        bytes: Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 0),
      },
    },
  ]);
});

test("what does not fit together is refused in a sentence", () => {
  expect(() => of({ width: 3 })).toThrow(
    "train.pixels has 6 numbers, and 3 images (as many as train.labels) of 1 x 3 pixels have another count: " +
      "give one number from 0 to 255 for each pixel of each image.",
  );
  expect(() => of({ classes: 10 })).toThrow(
    "classes = 10, and the greatest label is 2: labels count from 0, so give classes = 3, or other labels.",
  );
  expect(() => of({ test: { pixels: [0.5, 1], labels: [2] } })).toThrow(
    "test.pixels and test.labels have to be Uint8Arrays",
  );
  expect(() => of({ test: undefined })).toThrow("test.pixels and test.labels have to be Uint8Arrays");
});
