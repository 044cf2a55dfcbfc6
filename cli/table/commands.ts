import type { OptionName, ValueKind } from './options.ts';

export interface CommandRow {
  /** What stands behind its name. */
  readonly argument?: { readonly kind: ValueKind; readonly may?: 'be-left-out' };
  readonly options?: readonly OptionName[];
  /** What its first word chooses, each with rows of its own. */
  readonly parts?: Readonly<Record<string, CommandRow>>;
}

const aModel = { argument: { kind: 'model' } } as const;
const anAction = { argument: { kind: 'action' }, options: ['json'] } as const;
const aFile = { argument: { kind: 'path' }, options: ['only', 'pin', 'yes', 'json'] } as const;
const aServer = { argument: { kind: 'server' }, options: ['json'] } as const;

/**
 * Every command with what it takes. The parser, help and the completion of shells are made from it; what each does is said
 * in `locales/` under `cli.command`.
 */
export const commandTable = {
  ask: {
    argument: { kind: 'question', may: 'be-left-out' },
    options: ['model', 'file', 'continue', 'send', 'raw', 'json'],
  },
  chat: { argument: { kind: 'chat', may: 'be-left-out' }, options: ['continue', 'model', 'file', 'send', 'raw'] },
  run: { argument: { kind: 'action' } },
  toggle: {},
  models: {
    options: ['json'],
    parts: {
      get: aModel,
      use: aModel,
      faster: aModel,
      add: { argument: { kind: 'path' }, options: ['json'] },
    },
  },
  servers: {
    options: ['json'],
    parts: {
      list: { options: ['json'] },
      add: { argument: { kind: 'address' }, options: ['name', 'model', 'json'] },
      test: aServer,
      remove: { argument: { kind: 'server' } },
      passphrase: {},
    },
  },
  atoms: {
    options: ['json'],
    parts: {
      list: { options: ['json'] },
      show: anAction,
      plan: anAction,
      export: { argument: { kind: 'action' }, options: ['to', 'name', 'skill'] },
      add: aFile,
      update: aFile,
      verify: { argument: { kind: 'path' }, options: ['pin', 'json'] },
      prove: { argument: { kind: 'action' }, options: ['model', 'json'] },
      remove: anAction,
    },
  },
  history: { argument: { kind: 'words', may: 'be-left-out' }, options: ['json'] },
  receipts: {
    options: ['json'],
    parts: {
      verify: { argument: { kind: 'path', may: 'be-left-out' }, options: ['json'] },
      export: { options: ['otel'] },
    },
  },
  doctor: { options: ['capture', 'json'] },
  backup: { argument: { kind: 'path' }, options: ['json'] },
  restore: { argument: { kind: 'path' }, options: ['replace', 'yes', 'json'] },
  stop: {},
  completion: { argument: { kind: 'shell' } },
  help: { argument: { kind: 'command', may: 'be-left-out' } },
} as const satisfies Readonly<Record<string, CommandRow>>;

export type CommandName = keyof typeof commandTable;

export const commandNames = Object.keys(commandTable) as readonly CommandName[];

/** Options that stand with every command. */
export const everywhere: readonly OptionName[] = ['help'];

export function commandRow(name: CommandName): CommandRow {
  return commandTable[name];
}

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandTable, name);
}

export function partsOf(row: CommandRow): readonly [string, CommandRow][] {
  return Object.entries(row.parts ?? {});
}

export function partOf(row: CommandRow, name: string | undefined): CommandRow | null {
  if (name === undefined || row.parts === undefined || !Object.hasOwn(row.parts, name)) return null;
  return row.parts[name] ?? null;
}
