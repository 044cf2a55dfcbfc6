import { defineConfig } from 'vitest/config';

function project(name: string, include: readonly string[], timeoutMs: number, parallel: boolean) {
  return {
    test: {
      name,
      include: [...include],
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
      pool: 'forks' as const,
      // Displays, models and time are shared: whole-application tests run one file after another.
      fileParallelism: parallel,
      retry: 0,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      // Properties try hundreds of texts, which takes long where other work is done beside them.
      project('unit', ['tests/unit/**/*.test.{ts,tsx}'], 60_000, true),
      project('arch', ['tests/arch/**/*.test.ts'], 20_000, true),
      project('contract', ['tests/contract/**/*.test.ts'], 120_000, false),
      project('integration', ['tests/integration/**/*.test.ts'], 180_000, false),
      project('e2e', ['tests/e2e/**/*.test.ts'], 300_000, false),
      project('soak', ['tests/soak/**/*.test.ts'], 3_600_000, false),
    ],
  },
});
