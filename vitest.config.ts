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
  readonly setup?: readonly string[];
  /** Files share a process and its modules: for those that leave both as they were. */
  readonly shared?: boolean;
}

function project({ name, include, exclude = [], timeoutMs, workers, order, setup = [], shared = false }: Project) {
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
      setupFiles: [...setup],
      retry: 0,
    },
  };
}

/** Files with no engine in them. A display, an app or a command waits more than it works: two at once hinder nobody. */
const beside = [
  ...integration(
    'accessibility-bus',
    'backup-kill',
    'capture-causes',
    'capture',
    'cli-atoms',
    'cli-chats',
    'cli-pipes',
  ),
  ...integration('cli-servers', 'cli-together', 'clipboard-kept', 'clipboard', 'copy', 'database-kill', 'desktop-port'),
  ...integration('file-chips', 'files', 'grabbed-keyboard', 'late-answer', 'launcher', 'offline-lock', 'on-desktop'),
  ...integration(
    'other-user',
    'own-selection',
    'person-input',
    'read-cache',
    'read-only-selection',
    'rich-text',
    'sending',
  ),
  ...integration(
    'shown-one-by-one',
    'slow-owner',
    'stuck-engine',
    'toggle',
    'two-displays',
    'undo',
    'unreadable-files',
  ),
  ...integration('whole-clipboard'),
  ...e2e(
    'actions-editor',
    'ask-first',
    'asking-actions',
    'canaries',
    'cards',
    'chains',
    'chats',
    'clipboard-history',
    'compositor',
  ),
  ...e2e('key-store', 'labels', 'passages', 'sandbox', 'security', 'servers', 'share', 'shell', 'tray', 'typing'),
  ...e2e('dragged-steps', 'views', 'window-managers', 'window'),
];

/**
 * Files of commands, cores and engines that answer shortly. Two at once hinder nobody where each has a core of its own, by which
 * an engine counts its threads: one that is told their number is not among them.
 */
const onOneCore = [
  ...integration('cli-linger', 'cli-offline', 'cli', 'core', 'downloads', 'inherited-files', 'own-paths'),
  ...integration('completion', 'drafts', 'embeddings', 'fast-copy', 'hostile-models', 'prefill'),
  ...integration('read-only-profile', 'template'),
];

/** Files whose cases measure time, or keep a whole core busy: they come after all others. */
const alone = [
  ...e2e('bad-input', 'kill', 'put-back-kill', 'typing-after-key', 'went-on'),
  ...integration('held-keys', 'interrupted-keys'),
];

const contractWithEngine = ['tests/contract/language-model.test.ts'];
const elsewhere = [...beside, ...onOneCore, ...alone];

const eachCase = ['tests/support/each-case.ts'];
const twoAtOnce = { workers: Math.min(2, availableParallelism()), order: 1, setup: eachCase } as const;

// Two engines, each with a thread a core that waits by spinning, take turns on two cores many times slower than one after
// the other: a summary of half a minute was not done in three.
const oneAtATime = { workers: 1, order: 2, setup: eachCase } as const;

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
      project({
        name: 'contract',
        include: ['tests/contract/**/*.test.ts'],
        exclude: contractWithEngine,
        timeoutMs: 120_000,
        ...twoAtOnce,
      }),
      project({ name: 'beside', include: beside, timeoutMs: 300_000, ...twoAtOnce }),
      project({
        name: 'one-core',
        include: onOneCore,
        timeoutMs: 180_000,
        ...twoAtOnce,
        setup: [...eachCase, 'tests/support/one-core.ts'],
      }),
      project({
        name: 'integration',
        include: ['tests/integration/**/*.test.ts', ...contractWithEngine],
        exclude: elsewhere,
        timeoutMs: 180_000,
        ...oneAtATime,
      }),
      project({
        name: 'e2e',
        include: ['tests/e2e/**/*.test.ts'],
        exclude: elsewhere,
        timeoutMs: 300_000,
        ...oneAtATime,
      }),
      project({ name: 'alone', include: alone, timeoutMs: 300_000, workers: 1, order: 3, setup: eachCase }),
      project({
        name: 'soak',
        include: ['tests/soak/**/*.test.ts'],
        timeoutMs: 3_600_000,
        workers: 1,
        order: 4,
        setup: eachCase,
      }),
    ],
  },
});

function integration(...names: readonly string[]): readonly string[] {
  return names.map((name) => `tests/integration/${name}.test.ts`);
}

function e2e(...names: readonly string[]): readonly string[] {
  return names.map((name) => `tests/e2e/${name}.test.ts`);
}
