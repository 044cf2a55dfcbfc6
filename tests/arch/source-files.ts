import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const productFolders = [
  'contract',
  'text',
  'process',
  'wire',
  'models',
  'desktop',
  'documents',
  'core',
  'main',
  'preload',
  'renderer',
  'locales',
  'cli',
] as const;
export type ProductFolder = (typeof productFolders)[number];

/** One import of one file: what is asked for, where it leads inside the project, and whether types alone are taken. */
export interface ImportEdge {
  readonly specifier: string;
  /** Path from the root, with `/`; null for packages and built-ins. */
  readonly target: string | null;
  readonly typeOnly: boolean;
  /** Whether the code that asks for it has to run first. */
  readonly lazy: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly ImportEdge[];
}

/** Every hand-written TypeScript file below the given folders, by its path from the root. */
export function readSources(folders: readonly string[]): ReadonlyMap<string, SourceFile> {
  const files = new Map<string, SourceFile>();
  for (const folder of folders) {
    for (const path of walk(join(root, folder))) {
      const name = relative(root, path).split(sep).join('/');
      files.set(name, readSource(path, name));
    }
  }
  return files;
}

/** Each is read and parsed once for all rules that look at it in the same process. */
const read = new Map<string, SourceFile>();

function readSource(path: string, name: string): SourceFile {
  const known = read.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, 'utf8');
  const source = { path: name, text, imports: readImports(path, text) };
  read.set(path, source);
  return source;
}

/** Every style sheet below the given folders. */
export function readStyleSheets(
  folders: readonly string[],
): readonly { readonly path: string; readonly text: string }[] {
  return folders
    .flatMap((folder) => walk(join(root, folder), /\.css$/))
    .map((path) => ({ path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

function walk(folder: string, wanted = /\.tsx?$/): string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) found.push(...walk(path, wanted));
    else if (wanted.test(name)) found.push(path);
  }
  return found;
}

interface Node {
  readonly type?: string;
  readonly source?: { readonly value?: unknown } | null;
  readonly importKind?: string;
  readonly exportKind?: string;
  readonly specifiers?: readonly { readonly importKind?: string }[];
  readonly argument?: { readonly value?: unknown };
}

/** Static, re-exporting, dynamic and type imports, read from the syntax tree. */
export function readImports(path: string, text: string): ImportEdge[] {
  const parsed = parseSync(path, text);
  const edges: ImportEdge[] = [];
  const add = (specifier: unknown, typeOnly: boolean, lazy = false) => {
    if (typeof specifier !== 'string') return;
    edges.push({ specifier, target: resolveInside(path, specifier), typeOnly, lazy });
  };
  visit(parsed.program, (node) => {
    const specifiers = node.specifiers ?? [];
    const eachTyped = specifiers.length > 0 && specifiers.every((specifier) => specifier.importKind === 'type');
    if (node.type === 'ImportDeclaration') add(node.source?.value, node.importKind === 'type' || eachTyped);
    if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
      add(node.source?.value, node.exportKind === 'type');
    }
    if (node.type === 'ImportExpression') add(node.source?.value, false, true);
    if (node.type === 'TSImportType') add(node.source?.value ?? node.argument?.value, true);
  });
  return edges;
}

function visit(node: unknown, take: (node: Node) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, take);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  take(node as Node);
  for (const value of Object.values(node)) if (typeof value === 'object') visit(value, take);
}

function resolveInside(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const clean = specifier.replace(/\?.*$/, '');
  return relative(root, resolve(dirname(from), clean))
    .split(sep)
    .join('/');
}
