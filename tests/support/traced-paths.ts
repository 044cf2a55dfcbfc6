import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The calls that open, make, run, replace or reach something by its path. */
export const tracedCalls =
  'open,openat,openat2,creat,execve,execveat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mknod,mknodat,truncate,chmod,fchmodat,bind,connect';

export interface TracedPath {
  readonly call: string;
  readonly path: string;
  /** What the call says beside the path. */
  readonly rest: string;
  readonly succeeded: boolean;
}

/** Reads what `strace -f -y -s 4096 -e trace=…` wrote. */
export function readTrace(file: string): TracedPath[] {
  const found: TracedPath[] = [];
  for (const line of joined(readFileSync(file, 'utf8'))) {
    const call = /^\d+\s+(?:\[pid \d+\] )?(\w+)\((.*)$/.exec(line);
    if (call === null) continue;
    const [, name = '', text = ''] = call;
    const succeeded = !/= -1 E/.test(text);
    for (const path of pathsIn(name, text)) found.push({ call: name, path, rest: text, succeeded });
  }
  return found;
}

/** A call that another thread interrupted is written in two lines. */
function joined(trace: string): string[] {
  const open = new Map<string, string>();
  const lines: string[] = [];
  for (const line of trace.split('\n')) {
    const pid = line.split(' ', 1)[0] ?? '';
    if (line.endsWith('<unfinished ...>')) open.set(pid, line.slice(0, -'<unfinished ...>'.length));
    else if (/<\.\.\. \w+ resumed>/.test(line))
      lines.push((open.get(pid) ?? '') + line.replace(/^.*?<\.\.\. \w+ resumed>/, ''));
    else lines.push(line);
  }
  return lines;
}

function pathsIn(name: string, text: string): string[] {
  if (name === 'bind' || name === 'connect') {
    const socket = /sun_path="([^"]+)"/.exec(text)?.[1];
    return socket === undefined ? [] : [socket];
  }
  const found: string[] = [];
  for (const [, folder, path = ''] of text.matchAll(/(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/g)) {
    found.push(resolve(folder ?? '/', path));
    // Of a command's words only the first is a path; the others follow in brackets.
    if (name.startsWith('exec')) break;
  }
  return found;
}

/** What was used although somebody else could have put it there or can write to it; each with why. */
export function othersCouldReach(paths: readonly TracedPath[], userId: number, known: readonly RegExp[]): string[] {
  const made = new Set(paths.filter(isExclusive).map(({ path }) => path));
  const told = new Set(paths.filter((each) => makes(each) && !isExclusive(each)).map(({ path }) => path));
  const bad = new Set<string>();
  for (const { call, path } of paths) {
    if (known.some((pattern) => pattern.test(path))) continue;
    const why = whyNot(path, userId, { made, told });
    if (why !== null) bad.add(`${call} ${path}: ${why}`);
  }
  return [...bad];
}

/** Only these fail where somebody else made the name before; and a name that can be told before is made before. */
function isExclusive({ call, path, rest, succeeded }: TracedPath): boolean {
  const end = /[A-Za-z0-9]{6}$/.exec(path)?.[0] ?? '';
  const exclusive = call.startsWith('mkdir') || (call.startsWith('open') && rest.includes('O_EXCL'));
  return succeeded && exclusive && /[A-Z0-9]/.test(end);
}

function makes({ call, rest, succeeded }: TracedPath): boolean {
  return succeeded && (/^(mkdir|bind|symlink|link|rename|mknod|creat)/.test(call) || rest.includes('O_CREAT'));
}

interface Made {
  /** Under names that nobody could know. */
  readonly made: ReadonlySet<string>;
  readonly told: ReadonlySet<string>;
}

function whyNot(path: string, userId: number, { made, told }: Made): string | null {
  const parts = chain(path);
  for (const [index, part] of parts.entries()) {
    if (made.has(part)) return null;
    const stats = look(part);
    if (stats === null) return null;
    if (stats.uid !== 0 && stats.uid !== userId) return `${part} is owned by ${stats.uid}`;
    if (stats.isSymbolicLink() || (stats.mode & 0o022) === 0) continue;
    if (!stats.isDirectory())
      return stats.isCharacterDevice() || stats.isSocket() ? null : `${part} can be written to by others`;
    if ((stats.mode & 0o1000) === 0) return `${part} can be written to by others`;
    // In a shared folder only what is there already, and somebody trusted's, is safe to use.
    const next = parts[index + 1];
    if (next !== undefined && !made.has(next) && (told.has(next) || look(next) === null))
      return `${next} could be made by others`;
  }
  return null;
}

/** The folders above a path, from the root on, and the path itself. */
function chain(path: string): string[] {
  return path === '/' ? ['/'] : [...chain(dirname(path)), path];
}

function look(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
}
