import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { type Toolkit, toolkitLoaded } from './applications.ts';

/** What the processes behind a window show of themselves. */
export interface Evidence {
  /** What it is built with; null where that is not known. */
  readonly toolkit: Toolkit | null;
  /** One of them, or of those that they started, holds the other end of a terminal: keys may go to a shell. */
  readonly holdsTerminal: boolean;
}

/** What a system tells of its processes. Each answer is empty for one that is gone or may not be looked at. */
export interface ProcessTable {
  /** Names of the files that a process has mapped into memory. */
  readonly mappedFiles: (processId: number) => readonly string[];
  /** What the descriptors of a process point to. */
  readonly openFiles: (processId: number) => readonly string[];
  /** Every process there is, by its parent. */
  readonly children: () => ReadonlyMap<number, readonly number[]>;
}

const terminalMasters = /^\/dev\/(?:ptmx|pts\/ptmx)$/;
/** More than any application starts; a loop that a table shows while it changes ends here. */
const mostProcesses = 2000;

/** What is seen of a process and all that it started. Takes some milliseconds. */
export function evidenceOf(processId: number, table: ProcessTable = linuxProcesses): Evidence {
  const toolkit = toolkitLoaded(new Set(table.mappedFiles(processId).map((path) => basename(path))));
  return { toolkit, holdsTerminal: holdsTerminal(processId, table) };
}

/** Whether one of them holds the master of a pseudo-terminal, as each terminal does for the shell in it. */
export function holdsTerminal(processId: number, table: ProcessTable = linuxProcesses): boolean {
  return treeOf(processId, table.children()).some((id) =>
    table.openFiles(id).some((file) => terminalMasters.test(file)),
  );
}

function treeOf(processId: number, children: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const found = new Set([processId]);
  for (const id of found) {
    if (found.size > mostProcesses) break;
    for (const child of children.get(id) ?? []) found.add(child);
  }
  return [...found];
}

/** `/proc` (proc(5)). */
export const linuxProcesses: ProcessTable = {
  mappedFiles: (processId) => {
    const lines = attempt(() => readFileSync(`/proc/${processId}/maps`, 'utf8')) ?? '';
    return [...new Set(lines.match(/(?<= )\/.*$/gm) ?? [])];
  },
  openFiles: (processId) => {
    const folder = `/proc/${processId}/fd`;
    return (attempt(() => readdirSync(folder)) ?? []).flatMap(
      (name) => attempt(() => readlinkSync(`${folder}/${name}`)) ?? [],
    );
  },
  children: () => {
    const children = new Map<number, number[]>();
    for (const name of attempt(() => readdirSync('/proc')) ?? []) {
      if (!/^\d+$/.test(name)) continue;
      // The name of a program stands in brackets, and may hold any of what comes after them.
      const stat = attempt(() => readFileSync(`/proc/${name}/stat`, 'latin1')) ?? '';
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }
    return children;
  },
};

/** A process may be gone by the time that it is asked about, and those of others do not tell. */
function attempt<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}
