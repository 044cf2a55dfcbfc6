import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { breakHere, whileCaseLasts } from './cases.ts';

/** Starts a program that must be there; a missing one fails the test with its name. */
export function startProgram(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore', ...options });
  child.on('error', (error) => {
    throw new Error(`${command} could not be started: ${error.message}`);
  });
  return child;
}

/** Ends a process that this run started, and waits for it: TERM first, KILL after the limit. */
export async function endProgram(child: ChildProcess, limitMs = 3000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await ended;
  clearTimeout(limit);
}

/** The same with everything it started: an office's script, for one, does not end the office. */
export async function endTree(child: ChildProcess): Promise<void> {
  const pids = child.pid === undefined ? [] : processTree(child.pid).map(({ pid }) => pid);
  await endProgram(child);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended with the others.
    }
  }
}

/** Runs a program to its end; nothing else is done in this process meanwhile, so that one that hangs needs a limit. */
export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  limitMs?: number,
): string {
  const limits = { maxBuffer: 64 * 1024 * 1024, ...(limitMs === undefined ? {} : { timeout: limitMs }) };
  const result = spawnSync(command, args, { env, encoding: 'utf8', ...limits });
  if (result.error) throw new Error(`${command} could not be run: ${result.error.message}`);
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${result.status}: ${result.stderr}`);
  return result.stdout;
}

/**
 * Longest that an answer of a real model is waited for. Its threads wait for each other by spinning, and beside other work each
 * takes its turn: a short answer took more than two minutes there, of which nothing was promised.
 */
export const answerLimitMs = 240_000;

/**
 * Waits until `check` gives something; fails with `what` after the limit. Where nothing was promised of the time, the limit is
 * only how long a failure takes to be told, also on a machine that has much else to do.
 */
export async function waitFor<Value>(
  what: string,
  check: () => Value | null | undefined | false | Promise<Value | null | undefined | false>,
  limitMs = 60_000,
): Promise<Value> {
  breakHere(what);
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    const value = await check();
    if (value !== null && value !== undefined && value !== false) return value;
    await sleep(25);
  }
  throw new Error(`waited ${limitMs} ms in vain: ${what}`);
}

/**
 * Fails with `what` when `check` does not hold all the time for that long: for things that must not happen, which no wait for a
 * fact can show.
 */
export async function stays(what: string, ms: number, check: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + ms;
  for (;;) {
    if (!(await check())) throw new Error(`it did not stay so for ${ms} ms: ${what}`);
    if (Date.now() >= end) return;
    await sleep(Math.min(25, ms));
  }
}

/** What a promise gives; fails with `what` where that does not come, so that a case that would hang says in what. */
export async function within<Value>(limitMs: number, what: string, promise: Promise<Value>): Promise<Value> {
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`waited ${limitMs} ms in vain: ${what}`)), limitMs);
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/**
 * Lets that much time pass because the time is what the case is about, such as the moment of a death or the speed of a hand.
 * What is waited for has a fact (`waitFor`), what must not happen has `stays`.
 */
export function sleep(ms: number): Promise<void> {
  return whileCaseLasts(new Promise((resolve) => setTimeout(resolve, ms)));
}

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes of the machine, from /proc. */
export function listProcesses(): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') continue;
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      entries.push({ pid: Number(name), parent: Number(fields[1]), command });
    } catch {
      // It ended while it was being read.
    }
  }
  return entries;
}

/** A process and everything below it. */
export function processTree(pid: number): ProcessEntry[] {
  const all = listProcesses();
  const found = new Set([pid]);
  let grew = true;
  while (grew) {
    grew = false;
    for (const entry of all) {
      if (!found.has(entry.pid) && found.has(entry.parent)) {
        found.add(entry.pid);
        grew = true;
      }
    }
  }
  return all.filter((entry) => found.has(entry.pid));
}

export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** The time that processors have worked for a process, in milliseconds: it tells of work also where others work beside it. */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  // Linux tells it in hundredths of a second.
  return (Number(user) + Number(system)) * 10;
}

/** Memory of a process with its share of what others use too (PSS), in bytes; 0 for one that ended. */
export function proportionalBytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
