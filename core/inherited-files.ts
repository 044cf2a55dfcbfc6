import { closeSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

const closeOnExec = 0o2000000;
/** Standard streams, and the channel to the process that started this one. */
const meant = new Set([0, 1, 2, 3]);

/**
 * Closes what this process was handed by accident: Electron starts programs with its display connection, its page sockets and
 * its databases open, and a shell with what its other commands use. Everything that Node opens itself is marked to be closed
 * on exec, so what has no mark was handed down; Node marks the first ones at its start, where it has no socket and no file.
 * Called first, while nothing else is open. Linux alone: elsewhere Node starts programs without them.
 */
export function closeInherited(): void {
  if (process.platform !== 'linux') return;
  for (const name of readdirSync('/proc/self/fd')) {
    const number = Number(name);
    if (!meant.has(number) && isInherited(name)) closeSync(number);
  }
}

function isInherited(name: string): boolean {
  try {
    const flags = Number.parseInt(
      /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${name}`, 'utf8'))?.[1] ?? '',
      8,
    );
    const target = readlinkSync(`/proc/self/fd/${name}`);
    return (
      (flags & closeOnExec) === 0 || target.startsWith('socket:') || (/^\//.test(target) && target !== '/dev/null')
    );
  } catch {
    // The list of open files was itself one of them.
    return false;
  }
}
