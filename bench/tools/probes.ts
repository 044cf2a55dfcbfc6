import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, checkout } from '../../tests/support/beckon-app.ts';
import { run } from '../../tests/support/processes.ts';

/** Where a window appears and a colour that only its content has. */
export interface Place {
  readonly region: string;
  readonly colour: string;
  /** How tall all that appeared is, in pixels. */
  readonly height: number;
}

/** Milliseconds from the key (or the start of a program); -1 for what was not seen. */
export interface Latency {
  readonly map: number;
  readonly paint: number;
  readonly content: number;
  readonly focus: number;
  readonly echo: number;
  readonly hidden: number;
  /** The program that was started; 0 for a key. */
  readonly pid: number;
}

/** How to bring a window up: keys as keysym names joined by `+`, or a program to start. */
export type Trigger =
  | { readonly kind: 'keys'; readonly keys: string }
  | { readonly kind: 'program'; readonly command: readonly string[] };

export interface LearnOptions {
  /** How long the window is given to be all there. */
  readonly settleMs: number;
  readonly dismiss?: string;
  /** How many rows of it, from the top, are watched. */
  readonly rows?: number;
  readonly env?: NodeJS.ProcessEnv;
}

export interface MeasureOptions {
  readonly focus?: boolean;
  /** Keysym name of a letter that is typed to see its echo. */
  readonly echo?: string;
  readonly dismiss?: string;
  readonly timeoutMs?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** The C probes, compiled into the cache folder when their source is newer. */
export class Probes {
  readonly #latency: string;
  readonly #typeahead: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
    this.#latency = compile('x11-latency');
    this.#typeahead = compile('typeahead');
  }

  /** Brings the window up once and looks where it is. Throws when nothing came; the program it started is `pid`. */
  async learn(trigger: Trigger, options: LearnOptions): Promise<Place & { readonly pid: number }> {
    const { settleMs, dismiss, rows = 120, env = {} } = options;
    const args = ['learn', '--settle', String(settleMs), '--rows', String(rows)];
    if (dismiss !== undefined) args.push('--dismiss', dismiss);
    const answer = (await this.#run(this.#latency, [...args, ...triggerArguments(trigger)], env)) as Place & {
      found: boolean;
      pid: number;
    };
    if (!answer.found) throw new NothingSeen(`nothing appeared on the screen after ${describe(trigger)}`, answer.pid);
    return answer;
  }

  async measure(trigger: Trigger, place: Place, options: MeasureOptions = {}): Promise<Latency> {
    const args = ['measure', '--region', place.region, '--colour', place.colour];
    if (options.focus) args.push('--focus', '1');
    if (options.echo !== undefined) args.push('--echo', options.echo);
    if (options.dismiss !== undefined) args.push('--dismiss', options.dismiss);
    if (options.timeoutMs !== undefined) args.push('--timeout', String(options.timeoutMs));
    return (await this.#run(this.#latency, [...args, ...triggerArguments(trigger)], options.env ?? {})) as Latency;
  }

  /** Letters that arrived of ten that were typed, the first one `firstMs` after the keys. */
  async typeAhead(keys: string, firstMs: number): Promise<number> {
    const args = ['--chord', keys, '--first', String(firstMs), '--dismiss', keys];
    const { typed, arrived } = (await this.#run(this.#typeahead, args, {})) as { typed: string; arrived: string };
    return [...typed].filter((letter) => arrived.includes(letter)).length;
  }

  /** Not waited for in a blocking way: timers of the bench and its pipes go on. */
  #run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, { env: { ...this.#env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      let errors = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors += text;
      });
      child.once('error', (error) => reject(new Error(`the probe could not be run: ${error.message}`)));
      child.once('close', (code) => {
        if (code === 0) resolve(JSON.parse(output));
        else reject(new Error(`the probe ended with ${code}: ${errors.trim()}`));
      });
    });
  }
}

export class NothingSeen extends Error {
  readonly pid: number;

  constructor(message: string, pid: number) {
    super(message);
    this.pid = pid;
  }
}

function triggerArguments(trigger: Trigger): readonly string[] {
  return trigger.kind === 'keys' ? ['--chord', trigger.keys] : ['--', ...trigger.command];
}

function describe(trigger: Trigger): string {
  return trigger.kind === 'keys' ? trigger.keys : `starting ${trigger.command[0] ?? ''}`;
}

function compile(name: string): string {
  const folder = join(cacheFolder, 'tools', 'probes');
  const sources = ['x11-common.h', `${name}.c`].map((file) => join(checkout, 'bench', 'probes', file));
  const target = join(folder, name);
  const newest = Math.max(...sources.map((path) => statSync(path).mtimeMs));
  const built = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > newest) return target;
  mkdirSync(folder, { recursive: true });
  run('gcc', ['-O2', '-Wall', '-o', target, sources[1] ?? '', '-lX11', '-lXext', '-lXtst']);
  return target;
}
