import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

interface Project {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly timeoutMs: number;
  /** How many files run at the same time. */
  readonly workers: number;
  /** Projects of a smaller number run first; those of the same one together. */
  readonly order: number;
  readonly setup?: boolean;
  /** Files share a process and its modules: for those that leave both as they were. */
  readonly shared?: boolean;
}

function project({ name, include, exclude = [], timeoutMs, workers, order, setup = false, shared = false }: Project) {
  return {
    test: {
      name,
      include: [...include],
      exclude: [...exclude],
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
      pool: 'forks' as const,
      maxWorkers: workers,
      isolate: !shared,
      sequence: { groupOrder: order },
      setupFiles: setup ? ['tests/support/each-case.ts'] : [],
      retry: 0,
    },
  };
}

/** Files whose cases measure time, or keep a whole core busy: they come after all others. */
const alone = [
  'tests/e2e/bad-input.test.ts',
  'tests/e2e/kill.test.ts',
  'tests/e2e/put-back-kill.test.ts',
  'tests/e2e/typing-after-key.test.ts',
  'tests/integration/held-keys.test.ts',
  'tests/integration/interrupted-keys.test.ts',
  'tests/integration/start.test.ts',
  'tests/integration/stuck-engine.test.ts',
];

// Two engines, each with a thread a core that waits by spinning, take turns on two cores many times slower than one after
// the other: a summary of half a minute was not done in three.
const oneAtATime = { workers: 1, order: 1, setup: true } as const;

// By itself vitest leaves one core free, which on two cores is half of them. A process and all modules anew for each of 240
// small files take longer than what is in them.
const byCores = { workers: availableParallelism(), order: 0, shared: true } as const;

export default defineConfig({
  test: {
    projects: [
      // Properties try hundreds of texts, which takes long where other work is done beside them.
      project({
        name: 'unit',
        include: ['tests/unit/**/*.test.{ts,tsx}'],
        timeoutMs: 60_000,
        ...byCores,
      }),
      project({ name: 'arch', include: ['tests/arch/**/*.test.ts'], timeoutMs: 20_000, ...byCores }),
      project({ name: 'contract', include: ['tests/contract/**/*.test.ts'], timeoutMs: 120_000, ...oneAtATime }),
      project({
        name: 'integration',
        include: ['tests/integration/**/*.test.ts'],
        exclude: alone,
        timeoutMs: 180_000,
        ...oneAtATime,
      }),
      project({ name: 'e2e', include: ['tests/e2e/**/*.test.ts'], exclude: alone, timeoutMs: 300_000, ...oneAtATime }),
      project({ name: 'alone', include: alone, timeoutMs: 300_000, workers: 1, order: 2, setup: true }),
      project({
        name: 'soak',
        include: ['tests/soak/**/*.test.ts'],
        timeoutMs: 3_600_000,
        workers: 1,
        order: 3,
        setup: true,
      }),
    ],
  },
});
