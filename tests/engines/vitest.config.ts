import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["tests/engines/*.test.ts"],
    reporters: "verbose",
    testTimeout: 300_000, // the browsers may share the machine with others
    hookTimeout: 900_000, // the first time, cargo compiles the command
  },
});
