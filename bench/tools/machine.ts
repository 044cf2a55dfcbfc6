import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { checkout } from '../../tests/support/beckon-app.ts';
import { processTree, run, sleep } from '../../tests/support/processes.ts';

/** Processor ticks of Linux are hundredths of a second. */
export const tickMs = 10;

/** The machine in words that fit a public file: processor, cores, memory, system. */
export function machineName(): string {
  const processors = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores, ${gibibytes} GiB, ${process.platform}`;
}

export function commitName(): string {
  const commit = run('git', ['-C', checkout, 'rev-parse', '--short=12', 'HEAD']).trim();
  const changed = run('git', ['-C', checkout, 'status', '--porcelain', '--untracked-files=no']).trim() !== '';
  return changed ? `${commit}+changes` : commit;
}

/** Waits until less than 12 % of the processor is in use, at most `limitMs`; false when it never was. */
export async function waitQuiet(limitMs = 10_000): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (Date.now() < end) {
    const before = processorTimes();
    await sleep(250);
    const after = processorTimes();
    if ((after.busy - before.busy) / Math.max(1, after.all - before.all) < 0.12) return true;
  }
  return false;
}

function processorTimes(): { readonly busy: number; readonly all: number } {
  const fields = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/).slice(1).map(Number);
  const all = fields.reduce((sum, value) => sum + value, 0);
  return { all, busy: all - (fields[3] ?? 0) - (fields[4] ?? 0) };
}

/** Processor time that a process has used, in ticks; 0 for one that ended. */
export function usedTicks(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

/** Proportional set size in MiB: memory shared with others counts in parts. 0 for a process that ended. */
export function proportionalMemory(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

export interface TreeUse {
  /** All processes below and including the given one, in MiB. */
  readonly memory: number;
  /** Those that run the same program as the first one (Electron's own), in MiB. */
  readonly ownMemory: number;
  readonly ticks: number;
  readonly commands: readonly string[];
}

export function treeUse(pid: number, isOwn: (command: string) => boolean): TreeUse {
  let memory = 0;
  let ownMemory = 0;
  let ticks = 0;
  const tree = processTree(pid);
  for (const entry of tree) {
    const size = proportionalMemory(entry.pid);
    memory += size;
    if (isOwn(entry.command)) ownMemory += size;
    ticks += usedTicks(entry.pid);
  }
  return { memory, ownMemory, ticks, commands: tree.map(({ command }) => command) };
}
