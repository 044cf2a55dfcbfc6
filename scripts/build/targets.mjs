import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { asciiChunks } from './ascii.mjs';
import { leaveOut } from './left-out.mjs';
import { notePackages } from './note-packages.mjs';

const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** Packages that a bundle leaves where they are: native, or only loaded when they are needed. */
export const keptOutside = ['node-llama-cpp', 'onnxruntime-node', 'selection-hook'];

/** What `electron-store` checks by a schema and moves between versions with: the settings do both by the contract. */
const unusedBySettings = ['ajv/dist/2020.js', 'ajv-formats', 'semver'];

/** Vite's settings for a bundle that runs in Electron's main process or preload. */
export function shellTarget(root, entry, folder) {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [leaveOut(unusedBySettings), asciiChunks(), notePackages()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node18',
      outDir: join(root, 'out', folder),
      emptyOutDir: true,
      minify: true,
      rolldownOptions: {
        input: join(root, entry),
        external: ['electron', ...builtins],
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  };
}

/** Vite's settings for the pages. Everything stays in files of its own: the pages' policy allows nothing inline. */
export function pageTarget(root, react) {
  const folder = join(root, 'renderer');
  return {
    configFile: false,
    root: folder,
    base: '/',
    logLevel: 'warn',
    plugins: [react(), asciiChunks(), notePackages()],
    build: {
      target: 'chrome114',
      cssTarget: 'chrome114',
      outDir: join(root, 'out', 'renderer'),
      emptyOutDir: true,
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: Object.fromEntries(
          ['overlay', 'window', 'said', 'card'].map((page) => [page, join(folder, `${page}.html`)]),
        ),
      },
    },
  };
}

/** Vite's settings for the programs that run on Node 24. */
export function nodeTarget(root) {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    plugins: [asciiChunks(), notePackages()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir: join(root, 'out', 'node'),
      emptyOutDir: true,
      minify: true,
      rolldownOptions: {
        input: {
          core: join(root, 'core', 'entry.ts'),
          engine: join(root, 'models', 'engine', 'entry.ts'),
          desktop: join(root, 'desktop', 'entry.ts'),
          keys: join(root, 'desktop', 'keys-entry.ts'),
          'key-store': join(root, 'desktop', 'key-store-entry.ts'),
          reader: join(root, 'documents', 'reader', 'entry.ts'),
          sight: join(root, 'models', 'sight', 'entry.ts'),
          restore: join(root, 'core', 'restore-entry.ts'),
          care: join(root, 'core', 'database', 'care-entry.ts'),
          cli: join(root, 'cli', 'index.ts'),
        },
        external: [...builtins, ...keptOutside],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  };
}
