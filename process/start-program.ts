import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { dirname } from 'node:path';
import { unshare } from './network-off.ts';

/** A program of Beckon's own, run by Node in a process that holds as little as its work needs. */
export interface Program {
  readonly node: string;
  readonly entry: string;
  readonly args?: readonly string[];
  /** Names of variables that it gets beside those without which nothing starts: no key and no proxy, unless it is named. */
  readonly passedOn?: readonly string[];
  /** Variables that are made for it. */
  readonly env?: Readonly<Record<string, string>>;
  /** Bounds V8's heap; memory outside of it is not counted. */
  readonly heapMegabytes?: number;
  /**
   * Bounds the young part of V8's heap: a program that mostly sleeps keeps what it grew to,
   * and collects what its work left by itself (`collectWhenQuiet`) and not a second time by V8. V8 chooses when left out.
   */
  readonly semiSpaceMegabytes?: number;
  /** The folders it may open files in, without code from strings and without other programs; left out: no such bound. */
  readonly mayRead?: string | readonly string[];
  /** Whether it may load native code all the same, where `mayRead` bounds it. */
  readonly addons?: boolean;
  /** `off` starts it in a network namespace of its own: only where `canStartWithoutNetwork` says so. */
  readonly network: 'on' | 'off';
  /** Priority as of nice(1); that of this process when left out. */
  readonly niceness?: number;
  /** `pipe` when its last words are wanted. */
  readonly stderr?: 'ignore' | 'pipe';
  /** Open files that it is handed, from descriptor 4 on. */
  readonly files?: readonly number[];
}

/** Without these nothing starts, on some system. */
const always = ['PATH', 'LD_LIBRARY_PATH', 'SYSTEMROOT', 'TMPDIR', 'TEMP'];
const withoutNetwork = ['--user', '--map-root-user', '--net', '--'];

/**
 * Starts a program with a channel (`createProcessChannel`) and nothing of this process but what it is given. One that cannot be
 * started tells by `error` and closes its channel. The caller ends it.
 */
export function startProgram(program: Program): ChildProcess {
  const { node, network, stderr = 'ignore', files = [], niceness } = program;
  const own = argumentsOf(program);
  const command = network === 'off' ? unshare : node;
  const child = spawn(command, network === 'off' ? [...withoutNetwork, node, ...own] : own, {
    env: environmentOf(program),
    cwd: workingFolder(program),
    stdio: ['ignore', 'ignore', stderr, 'ipc', ...files],
    windowsHide: true,
  });
  // A channel that closes tells of it, too, and a listener of the caller's hears this one as well.
  child.on('error', () => {});
  if (niceness !== undefined) lowerPriority(child, niceness);
  return child;
}

function argumentsOf({
  entry,
  args = [],
  heapMegabytes,
  semiSpaceMegabytes,
  mayRead,
  addons,
}: Program): readonly string[] {
  const rights =
    mayRead === undefined
      ? []
      : [
          '--permission',
          ...[mayRead].flat().map((folder) => `--allow-fs-read=${folder}`),
          ...(addons === true ? ['--allow-addons'] : []),
          '--disallow-code-generation-from-strings',
        ];
  const heap = heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`];
  const young =
    semiSpaceMegabytes === undefined
      ? []
      : ['--expose-gc', '--no-memory-reducer', `--max-semi-space-size=${semiSpaceMegabytes}`];
  return [...rights, ...heap, ...young, entry, ...args];
}

function environmentOf({ passedOn = [], env = {} }: Program): NodeJS.ProcessEnv {
  const names = new Set([...always, ...passedOn]);
  const taken = [...names].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(taken), ...env };
}

/** A folder that nobody else can put programs or modules into. */
function workingFolder({ entry }: Program): string {
  return process.platform === 'win32' ? dirname(entry) : '/';
}

function lowerPriority(child: ChildProcess, niceness: number): void {
  try {
    if (child.pid !== undefined) setPriority(child.pid, niceness);
  } catch {
    // Ended already, or the system does not allow it: only speed is lost.
  }
}
