/** What may stand for a value on a command line: shown in help by a word for it, and completed in a way of its own. */
export type ValueKind =
  | 'question'
  | 'words'
  | 'chat'
  | 'model'
  | 'path'
  | 'action'
  | 'address'
  | 'server'
  | 'label'
  | 'ids'
  | 'hash'
  | 'shell'
  | 'command';

export interface OptionRow {
  readonly long: `--${string}`;
  readonly short?: `-${string}`;
  /** What stands behind it; none for a switch. */
  readonly value?: ValueKind;
  /** It may stand alone: then a value has to be attached to it, as in `--continue=3`. */
  readonly alone?: true;
}

/** Every option there is. What it does is said in `locales/` under `cli.option`. */
export const optionTable = {
  help: { long: '--help', short: '-h' },
  version: { long: '--version', short: '-v' },
  json: { long: '--json' },
  raw: { long: '--raw' },
  capture: { long: '--capture' },
  model: { long: '--model', short: '-m', value: 'model' },
  file: { long: '--file', short: '-f', value: 'path' },
  continue: { long: '--continue', short: '-c', value: 'chat', alone: true },
  name: { long: '--name', value: 'label' },
  otel: { long: '--otel' },
  to: { long: '--to', value: 'path' },
  only: { long: '--only', value: 'ids' },
  pin: { long: '--pin', value: 'hash' },
  skill: { long: '--skill' },
  replace: { long: '--replace' },
  send: { long: '--send' },
  yes: { long: '--yes', short: '-y', value: 'hash', alone: true },
} as const satisfies Readonly<Record<string, OptionRow>>;

export type OptionName = keyof typeof optionTable;

export const optionNames = Object.keys(optionTable) as readonly OptionName[];

export function optionRow(name: OptionName): OptionRow {
  return optionTable[name];
}
