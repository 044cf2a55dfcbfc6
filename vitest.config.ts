import { defineConfig } from 'vitest/config';

interface Project {
  readonly name: string;
  readonly include: readonly string[];
  readonly exclude?: readonly string[];
  readonly timeoutMs: number;
  /** How many files run at the same time. */
  readonly workers: number | 'by cores';
  /** Projects of a smaller number run first; those of the same one together. */
  readonly order: number;
  readonly setup?: boolean;
}

function project({ name, include, exclude = [], timeoutMs, workers, order, setup = false }: Project) {
  return {
    test: {
      name,
      include: [...include],
      exclude: [...exclude],
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
      pool: 'forks' as const,
      ...(workers === 'by cores' ? {} : { maxWorkers: workers, fileParallelism: workers > 1 }),
      sequence: { groupOrder: order },
      setupFiles: setup ? ['tests/support/each-case.ts'] : [],
      retry: 0,
    },
  };
}

/** Files whose cases measure time, or keep a whole core busy: each of them runs with no other beside it. */
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

// Each file has a display, a profile and processes of its own, most of which wait for one another most of the time.
const twoAtATime = { workers: 2, order: 1, setup: true } as const;

export default defineConfig({
  test: {
    projects: [
      // Properties try hundreds of texts, which takes long where other work is done beside them.
      project({
        name: 'unit',
        include: ['tests/unit/**/*.test.{ts,tsx}'],
        timeoutMs: 60_000,
        workers: 'by cores',
        order: 0,
      }),
      project({ name: 'arch', include: ['tests/arch/**/*.test.ts'], timeoutMs: 20_000, workers: 'by cores', order: 0 }),
      project({ name: 'contract', include: ['tests/contract/**/*.test.ts'], timeoutMs: 120_000, ...twoAtATime }),
      project({
        name: 'integration',
        include: ['tests/integration/**/*.test.ts'],
        exclude: alone,
        timeoutMs: 180_000,
        ...twoAtATime,
      }),
      project({ name: 'e2e', include: ['tests/e2e/**/*.test.ts'], exclude: alone, timeoutMs: 300_000, ...twoAtATime }),
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
