import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The programs that core starts. From source they are the `.ts` files, bundled they lie beside core's own bundle. */
export interface EntryPaths {
  readonly node: string;
  readonly engine: string;
  readonly desktop: string;
  readonly reader: string;
  /** Reads pictures. */
  readonly sight: string;
  /** The folders that hold its code, and the packages with native parts that it runs. */
  readonly sightCode: readonly string[];
  /** Checks and copies the database. */
  readonly care: string;
  /** The folder that holds all code and tables of these programs. */
  readonly code: string;
}

/** Where they are is told by the script that was started: a source file, or a bundle. */
export function findEntryPaths(
  env: Readonly<Record<string, string | undefined>>,
  script = process.argv[1] ?? '',
): EntryPaths {
  const node = env['BECKON_NODE'] ?? process.execPath;
  if (script.endsWith('.ts')) {
    const root = join(dirname(fileURLToPath(import.meta.url)), '..');
    return {
      node,
      engine: join(root, 'models', 'engine', 'entry.ts'),
      desktop: join(root, 'desktop', 'entry.ts'),
      reader: join(root, 'documents', 'reader', 'entry.ts'),
      sight: join(root, 'models', 'sight', 'entry.ts'),
      sightCode: [root],
      care: join(root, 'core', 'database', 'care-entry.ts'),
      code: root,
    };
  }
  const folder = dirname(realpathSync(script));
  const bundle = (name: string) => join(folder, `${name}.mjs`);
  return {
    node,
    engine: bundle('engine'),
    desktop: bundle('desktop'),
    reader: bundle('reader'),
    sight: bundle('sight'),
    sightCode: [folder, ...packagesAbove(folder)],
    care: bundle('care'),
    code: folder,
  };
}

/** The packages that lie beside a bundle and are no part of it, wherever it was put. */
function packagesAbove(folder: string): readonly string[] {
  for (let above = folder; ; above = dirname(above)) {
    const packages = join(above, 'node_modules');
    const own = ['onnxruntime-node', 'onnxruntime-common'].map((name) => join(packages, name));
    if (own.every((path) => existsSync(path))) return own.map((path) => realpathSync(path));
    if (above === dirname(above)) return [];
  }
}
