import { type ChildProcess, type SpawnOptions, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from './beckon-app.ts';
import { run, startProgram } from './processes.ts';

const release = 'bookworm';
/** The person in it, an ordinary user. */
export const person = 'person';

/**
 * Makes the system the root of a command, not by chroot: within a chroot the kernel opens no user namespaces, so that nothing
 * there would show how a sandbox fares.
 */
const enter = `
set -e
root=$1; user=$2; shift 2
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mkdir -p "$root/.old" "$root/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
cd "$root"
pivot_root . .old
umount -l /.old
cd /
exec runuser -u "$user" -- "$@"
`;

/**
 * A Debian that was just installed, in a folder: nothing but what its own package manager put there. Its processes share the
 * network and the process numbers of this system, so that a display outside can be used. Needs root.
 */
export class CleanDebian {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Takes the archive of the bare system from the cache, or makes it first. */
  static make(): CleanDebian {
    if (process.getuid?.() !== 0) throw new Error('a clean Debian can only be made by root');
    const archive = join(cacheFolder, 'roots', `debian-${release}.tar`);
    if (!existsSync(archive)) makeArchive(archive);
    const root = mkdtempSync(join(tmpdir(), 'beckon-debian-'));
    run('tar', ['-xpf', archive, '-C', root, '--exclude=./dev/*']);
    chmodSync(root, 0o755);
    const system = new CleanDebian(root);
    system.write('etc/apt/apt.conf.d/99outside', aptOptions().join('\n'));
    system.run('root', 'useradd', ['--create-home', '--shell', '/bin/sh', person]);
    return system;
  }

  /** Runs a command to its end and answers what it printed; throws where it fails. */
  run(user: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = plainEnv('root')): string {
    const [program, words] = this.#command(user, command, args);
    return run(program, words, env);
  }

  /** The same for what may fail. */
  try(user: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = plainEnv(user)) {
    const [program, words] = this.#command(user, command, args);
    const { status, stdout, stderr } = spawnSync(program, words, { env, encoding: 'utf8', maxBuffer: 64e6 });
    return { status, stdout, stderr };
  }

  start(user: string, command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
    const [program, words] = this.#command(user, command, args);
    return startProgram(program, words, options);
  }

  /** Installs packages as a person who knows apt would, without what is only recommended. */
  install(...packages: readonly string[]): void {
    const words = ['-y', '-qq', '--no-install-recommends', '-o=Dpkg::Use-Pty=0', 'install', ...packages];
    this.run('root', 'apt-get', words, { ...plainEnv('root'), DEBIAN_FRONTEND: 'noninteractive' });
  }

  /** The place outside of a file inside. */
  place(path: string): string {
    return join(this.root, path);
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.place(path)), { recursive: true });
    writeFileSync(this.place(path), text);
  }

  /** Copies a file in, and gives it to the person. */
  give(from: string, path: string): void {
    mkdirSync(dirname(this.place(path)), { recursive: true });
    cpSync(from, this.place(path), { recursive: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #command(user: string, command: string, args: readonly string[]): [string, string[]] {
    const words = ['--mount', '--propagation', 'private', 'sh', '-c', enter, 'sh', this.root, user, command, ...args];
    return ['unshare', words];
  }
}

/** What a user has after logging in at a terminal, and nothing of this process. */
export function plainEnv(user: string): NodeJS.ProcessEnv {
  const home = user === 'root' ? '/root' : `/home/${user}`;
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: home,
    USER: user,
    LOGNAME: user,
    LANG: 'C.UTF-8',
  };
}

/** The sources and options of this system's apt: they say where packages come from here. */
function makeArchive(archive: string): void {
  mkdirSync(dirname(archive), { recursive: true });
  const sources = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'].filter(existsSync).slice(0, 1);
  const options = aptOptions().map((line) => `--aptopt=${line}`);
  const draft = `${archive}.new.tar`;
  run('mmdebstrap', ['--variant=minbase', '--mode=root', ...options, release, draft, ...sources]);
  renameSync(draft, archive);
}

function aptOptions(): readonly string[] {
  return run('apt-config', ['dump'])
    .split('\n')
    .filter((line) => /^Acquire::(Check|https?::|Retries)/.test(line));
}
