import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The programs that core starts. From source they are the `.ts` files, bundled they lie beside core's own bundle. */
export interface EntryPaths {
  readonly node: string;
  readonly engine: string;
  readonly desktop: string;
}

export function findEntryPaths(moduleAddress: string, env: Readonly<Record<string, string | undefined>>): EntryPaths {
  const folder = dirname(fileURLToPath(moduleAddress));
  const node = env['BECKON_NODE'] ?? process.execPath;
  if (moduleAddress.endsWith('.ts')) {
    return {
      node,
      engine: join(folder, '..', 'models', 'engine', 'entry.ts'),
      desktop: join(folder, '..', 'desktop', 'entry.ts'),
    };
  }
  const bundled = { node, engine: join(folder, 'engine.mjs'), desktop: join(folder, 'desktop.mjs') };
  if (!existsSync(bundled.engine)) throw new Error(`the engine's bundle is not beside core: ${bundled.engine}`);
  return bundled;
}
