import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { profilePlace } from '../contract/profile-rules.ts';

/** Where things are; built once from roots that `index.ts` passes in. */
export interface Paths {
  readonly profile: string;
  readonly renderer: string;
  readonly preload: string;
  /** The Node 24 executable that runs core, desktop and engine. */
  readonly node: string;
  readonly coreEntry: string;
  /** The process that holds global keys on X11. */
  readonly keysEntry: string;
  /** Asks the key store of Linux whether it is open. */
  readonly keyStoreEntry: string;
  /** Goes on with a restore that was made ready. */
  readonly restoreEntry: string;
  /** The cli as a person types it in a shell, or binds it to a key. */
  readonly command: string;
}

export interface PathRoots {
  /** The folder that holds package.json (a checkout, or the archive of a packaged app). */
  readonly app: string;
  /** `resources` of a packaged app; null in a checkout. */
  readonly resources: string | null;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createPaths(roots: PathRoots): Paths {
  return {
    profile: resolve(profilePlace({ env: roots.env, platform: roots.platform, home: () => roots.home })),
    renderer: join(roots.app, 'out', 'renderer'),
    preload: join(roots.app, 'out', 'preload', 'index.cjs'),
    ...nodeSide(roots),
  };
}

/** A packaged app carries its own Node and bundles; a checkout runs from source, or its bundles when asked to. */
function nodeSide({
  app,
  resources,
  platform,
  env,
}: PathRoots): Pick<Paths, 'node' | 'coreEntry' | 'keysEntry' | 'keyStoreEntry' | 'restoreEntry' | 'command'> {
  const executable = platform === 'win32' ? 'node.exe' : 'node';
  if (resources !== null) {
    const bundles = join(resources, 'out', 'node');
    const node = join(resources, executable);
    return {
      node,
      coreEntry: join(bundles, 'core.mjs'),
      keysEntry: join(bundles, 'keys.mjs'),
      keyStoreEntry: join(bundles, 'key-store.mjs'),
      restoreEntry: join(bundles, 'restore.mjs'),
      command: packagedCommand(resources) ?? `"${node}" "${join(bundles, 'cli.mjs')}"`,
    };
  }
  const local = join(app, 'node_modules', '.bin', executable);
  const node = env['BECKON_NODE'] || (existsSync(local) ? local : executable);
  const bundles = join(app, 'out', 'node');
  const bundled = env['BECKON_BUNDLED'] === '1' && existsSync(join(bundles, 'core.mjs'));
  return {
    node,
    coreEntry: bundled ? join(bundles, 'core.mjs') : join(app, 'core', 'entry.ts'),
    restoreEntry: bundled ? join(bundles, 'restore.mjs') : join(app, 'core', 'restore-entry.ts'),
    keyStoreEntry: bundled ? join(bundles, 'key-store.mjs') : join(app, 'desktop', 'key-store-entry.ts'),
    keysEntry: bundled ? join(bundles, 'keys.mjs') : join(app, 'desktop', 'keys-entry.ts'),
    command: `"${node}" "${join(app, 'cli', 'index.ts')}"`,
  };
}

/** The launcher of an unpacked Beckon: by its name alone where a package put this very one on PATH. */
function packagedCommand(resources: string): string | null {
  const launcher = join(resources, '..', 'bin', 'beckon');
  if (!existsSync(launcher)) return null;
  try {
    if (realpathSync('/usr/bin/beckon') === realpathSync(launcher)) return 'beckon';
  } catch {
    // No package is installed.
  }
  return `"${launcher}"`;
}
