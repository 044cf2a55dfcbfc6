import { describe, expect, it } from 'vitest';
import { type ImportEdge, type ProductFolder, productFolders, readImports, readSources, root } from './source-files.ts';

/** The import table of the design, row by row: what a folder may take from which other folder. */
const mayImport: Readonly<Record<ProductFolder, readonly ProductFolder[]>> = {
  contract: ['contract'],
  text: ['text'],
  wire: ['contract', 'wire'],
  process: ['contract', 'wire', 'process'],
  models: ['contract', 'text', 'wire', 'process', 'models'],
  desktop: ['contract', 'text', 'wire', 'process', 'desktop'],
  documents: ['contract', 'text', 'wire', 'process', 'documents'],
  core: ['contract', 'text', 'wire', 'process', 'models', 'desktop', 'documents', 'core'],
  main: ['contract', 'wire', 'main', 'locales'],
  preload: ['contract', 'wire', 'preload'],
  renderer: ['contract', 'text', 'wire', 'renderer', 'locales'],
  locales: ['contract', 'locales'],
  cli: ['contract', 'text', 'wire', 'process', 'core', 'locales', 'cli'],
};
const withNode: readonly ProductFolder[] = ['process', 'models', 'desktop', 'documents', 'core', 'main', 'cli'];
/** The only files of contract that the renderer and preload may take values from; everything else is types. */
const pageValues: Readonly<Record<string, readonly string[]>> = {
  renderer: ['contract/errors.ts', 'contract/disposable.ts', 'contract/result.ts', 'contract/chat-download.ts'],
  preload: ['contract/bridge.ts'],
};

const sources = readSources(productFolders);

function folderOf(path: string): ProductFolder {
  return path.split('/')[0] as ProductFolder;
}

function violationsOf(path: string, edge: ImportEdge): string | null {
  const folder = folderOf(path);
  const { specifier, target, typeOnly } = edge;
  const complain = (why: string) => `${path} -> ${specifier}: ${why}`;
  if (target !== null) {
    const other = folderOf(target);
    // The version is told by package.json alone.
    if (target === 'package.json') return null;
    if (!productFolders.includes(other)) return complain('leaves the product folders');
    if (!mayImport[folder].includes(other)) return complain(`${folder} may not import ${other}`);
    if (folder === 'core' && other === 'desktop' && !typeOnly) return complain('core takes only types of desktop');
    const values = pageValues[folder];
    if (values !== undefined && other === 'contract' && !typeOnly && !values.includes(target)) {
      return complain('a page takes only types of the contract');
    }
    return null;
  }
  if (specifier.startsWith('node:') && !withNode.includes(folder)) return complain('no Node here');
  if (specifier === 'electron' || specifier.startsWith('electron/')) {
    const allowed = folder === 'preload' || /^main\/(index\.ts|electron\/|windows\/)/.test(path);
    if (!allowed) return complain('electron is for named files of main and for preload');
  }
  if (/^(react|react-dom|react-i18next)(\/|$)/.test(specifier) && folder !== 'renderer')
    return complain('React is for pages');
  if (specifier === 'zod' && (folder === 'renderer' || folder === 'preload') && !typeOnly)
    return complain('zod is not for pages');
  if (
    specifier === 'node-llama-cpp' &&
    path !== 'models/engine/llama-engine.ts' &&
    !path.startsWith('models/engine/')
  ) {
    return complain('only the engine imports node-llama-cpp');
  }
  if (specifier === 'onnxruntime-node' && !path.startsWith('models/sight/'))
    return complain('only what reads pictures imports onnxruntime-node');
  if (specifier === 'selection-hook' && !path.startsWith('desktop/selection-hook/'))
    return complain('only its own port imports selection-hook');
  return null;
}

/** Everything a file pulls in at run time, through any number of files; `isAtOnce`: before any of it has run. */
function runtimeClosure(entry: string, isAtOnce = false): Set<string> {
  const seen = new Set<string>();
  const waiting = [entry];
  while (waiting.length > 0) {
    const path = waiting.pop() as string;
    if (seen.has(path)) continue;
    seen.add(path);
    for (const edge of sources.get(path)?.imports ?? []) {
      if (isAtOnce && edge.lazy) continue;
      if (edge.target !== null && !edge.typeOnly) waiting.push(edge.target);
      else if (edge.target === null && !edge.typeOnly) seen.add(edge.specifier);
    }
  }
  return seen;
}

describe('imports', () => {
  it('follow the table, type-only ones too', () => {
    const violations = [...sources.values()].flatMap(({ path, imports }) =>
      imports.map((edge) => violationsOf(path, edge)).filter((violation) => violation !== null),
    );
    expect(violations).toEqual([]);
  });

  it('lead to files that are there', () => {
    const missing = [...sources.values()].flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target !== null && /\.tsx?$/.test(target) && !sources.has(target))
        .map(({ specifier }) => `${path} -> ${specifier}`),
    );
    expect(missing).toEqual([]);
  });

  it('bring nothing into a process that it must not have, through any number of files', () => {
    const engine = runtimeClosure('models/engine/entry.ts');
    expect([...engine].filter((path) => /^(core|main|cli|electron)/.test(path))).toEqual([]);
    const core = runtimeClosure('core/entry.ts');
    expect([...core].filter((path) => /^main\/|^electron$|^node-llama-cpp$|^onnxruntime-node$/.test(path))).toEqual([]);
    for (const page of ['renderer/overlay/main.tsx', 'renderer/window/main.tsx']) {
      const closure = runtimeClosure(page);
      expect([...closure].filter((path) => path === 'zod' || path.startsWith('node:') || path === 'electron')).toEqual(
        [],
      );
      expect(closure.size).toBeGreaterThan(5);
    }
  });

  it('of a command leave core to the process that it asks, which is there already', () => {
    for (const entry of ['cli/run-cli.ts', 'cli/toggle.ts', 'cli/completion/complete.ts']) {
      const closure = runtimeClosure(entry, true);
      // What a command loads it also writes as compiled code when the first one of a profile ends.
      const heavy = /^(core\/compose|desktop\/|ai$|@ai-sdk\/|pdfjs|node-llama-cpp|onnxruntime)/;
      expect([...closure].filter((path) => heavy.test(path))).toEqual([]);
      expect(closure.size).toBeGreaterThan(5);
    }
    expect(runtimeClosure('cli/run-cli.ts').has('core/compose.ts')).toBe(true);
  });

  it('of the library for Windows and macOS are made when it is asked for, so that Linux never loads it', () => {
    const users = [...sources.values()].flatMap(({ path, imports, text }) =>
      imports
        .filter(({ specifier, typeOnly }) => specifier === 'selection-hook' && !typeOnly)
        .map(() => `${path} ${/^import (?!type)[^;]*'selection-hook'/m.test(text) ? 'at once' : 'when asked'}`),
    );
    expect(users).toEqual(['desktop/selection-hook/library.ts when asked']);
  });

  it('of a feature folder of core never reach a sibling feature', () => {
    // What a model is told is data with one maker, and all that asks a model asks it for that; its text is cleaned in one place. Steps are
    // what atoms are read as, and what answers are made by.
    const shared = new Set(['compose.ts', 'entry.ts', 'entry-paths.ts', 'prompts', 'steps', 'text-filters']);
    const violations: string[] = [];
    for (const { path, imports } of sources.values()) {
      const [folder, feature, ...rest] = path.split('/');
      // What puts features together has to know them; nothing else knows it.
      if (folder !== 'core' || rest.length === 0 || feature === 'compose') continue;
      for (const { target, typeOnly } of imports) {
        const [otherFolder, otherFeature, ...otherRest] = (target ?? '').split('/');
        if (otherFolder !== 'core' || otherRest.length === 0 || otherFeature === feature || typeOnly) continue;
        if (!shared.has(otherFeature ?? '')) violations.push(`${path} -> ${target}`);
      }
    }
    expect(violations).toEqual([]);
  });

  it('of what puts the features of core together come from compose.ts alone', () => {
    const users = [...sources.values()].flatMap(({ path, imports }) =>
      imports.some(({ target }) => target?.startsWith('core/compose/')) && !path.startsWith('core/compose/')
        ? [path]
        : [],
    );
    expect(users).toEqual(['core/compose.ts']);
  });

  it('are seen in every form, so that a forbidden one cannot hide', () => {
    const text = `
      import type { A } from '../main/a.ts';
      import { type B } from '../main/b.ts';
      export * from '../main/c.ts';
      const later = () => import('../main/d.ts');
      type E = import('../main/e.ts').E;
    `;
    const found = readImports(`${root}/contract/probe.ts`, text);
    expect(found.map(({ target }) => target).sort()).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => `main/${name}.ts`),
    );
    for (const edge of found) expect(violationsOf('contract/probe.ts', edge)).toContain('contract may not import main');
  });
});
