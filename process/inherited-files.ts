import { closeSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

const closeOnExec = 0o2000000;
/** Standard streams, and the channel to the process that started this one. */
const meant = new Set([0, 1, 2, 3]);

/**
 * Closes what this process was handed by accident: Electron starts programs with its display connection, its page sockets and
 * its databases open, and a shell with what its other commands use. Everything that Node opens itself is marked to be closed
 * on exec, so what has no mark was handed down. Node marks the first ones at its start; of these it has no socket and no file
 * of its own, and a pipe of its own is not open in the process that started it. Called first, while nothing else is open.
 * Linux alone: elsewhere Node starts programs without them.
 */
export function closeInherited(): void {
  if (process.platform !== 'linux') return;
  const ofParent = new Set(openFiles(process.ppid).map(({ target }) => target));
  for (const { number, target } of openFiles(process.pid)) {
    const own =
      isMarked(number) && !/^(socket:|\/)/.test(target) && !(target.startsWith('pipe:') && ofParent.has(target));
    if (!meant.has(number) && !own && !(isMarked(number) && target === '/dev/null')) close(number);
  }
}

/** None where the system does not tell. */
function openFiles(processId: number): readonly { readonly number: number; readonly target: string }[] {
  try {
    const folder = `/proc/${processId}/fd`;
    return readdirSync(folder).map((name) => ({ number: Number(name), target: readTarget(`${folder}/${name}`) }));
  } catch {
    return [];
  }
}

/** Empty for one that was closed meanwhile, such as the list itself. */
function readTarget(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function isMarked(number: number): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${number}`, 'utf8'))?.[1] ?? '';
    return (Number.parseInt(flags, 8) & closeOnExec) !== 0;
  } catch {
    return true;
  }
}

function close(number: number): void {
  try {
    closeSync(number);
  } catch {
    // Closed already.
  }
}
