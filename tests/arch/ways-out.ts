import { parseSync } from 'vite';
import { type Bindings, type SyntaxNode, uses } from './scopes.ts';

/** Built-in modules that open connections, and the files that may: a place ending in `/` is a folder. */
const networkModules: Readonly<Record<string, readonly string[]>> = {
  http: ['core/egress/'],
  https: ['core/egress/'],
  tls: ['core/egress/'],
  'dns/promises': ['core/egress/'],
  // A thread whose code is a text of its own: it looks after the process that started this one, and takes no connection.
  worker_threads: ['models/engine/template/end-with-parent.ts'],
  // The local socket of core, and the one of the Wayland display: both are files.
  net: ['core/egress/', 'core/socket/', 'desktop/wayland/wayland-connection.ts'],
};
/** Of these modules, what only computes. */
const harmless: Readonly<Record<string, readonly string[]>> = { net: ['isIP', 'isIPv4', 'isIPv6', 'BlockList'] };
/** Built-in modules that open none. One that is not here is refused until somebody has looked at it. */
const quietModules = new Set([
  ...['child_process', 'crypto', 'fs', 'fs/promises', 'os', 'path', 'process', 'readline', 'sqlite', 'stream'],
  ...['stream/promises', 'timers/promises', 'url', 'util', 'v8', 'vm', 'zlib', 'module'],
]);
/** Packages that product code takes, each of which opens no connection outward by itself; the same holds for a new one. */
const packages = new Set([
  // Of the engine that draws PDFs only its WebAssembly is fetched where none is handed in; it always is.
  ...[
    '@hyzyla/pdfium',
    '@jellybrick/dbus-next',
    'diff',
    'electron',
    'electron-store',
    'eventsource-parser',
    'i18next',
    'lowlight',
  ],
  ...['lucide-react', 'mdast-util-from-markdown', 'mdast-util-gfm-footnote', 'mdast-util-gfm-strikethrough'],
  ...['mdast-util-gfm-table', 'micromark', 'micromark-core-commonmark', 'micromark-extension-gfm-footnote'],
  ...['micromark-extension-gfm-strikethrough', 'micromark-extension-gfm-table', 'node-llama-cpp', 'pdfjs-dist'],
  ...['@e965/xlsx', 'cfb', 'htmlparser2', 'jschardet', 'papaparse', 'pinyin-pro', 'postal-mime', 're2js', 'react'],
  ...['react-dom', 'react-i18next', 'selection-hook', 'ssf', 'string-width', 'temml'],
  // Of onnxruntime-node only its install script fetches, and that never runs; sessions are made of bytes, not of addresses.
  ...['jpeg-js', 'onnxruntime-node', 'pngjs', 'qr', 'utif2', 'x11', 'yauzl', 'zod'],
  // Its decoder is fetched where its bytes are not handed in; they always are.
  '@jsquash/webp',
]);
/**
 * Packages that take the global fetch where they are given none, and the one file that may load each: there every one of their
 * makers is handed the connection of the gate, which `ways-out.test` looks at and `protocol-faults.test` tries.
 */
const packagesGivenFetch: Readonly<Record<string, string>> = {
  '@ai-sdk/openai': 'models/providers/sdk-models.ts',
  '@ai-sdk/anthropic': 'models/providers/sdk-models.ts',
  '@ai-sdk/google': 'models/providers/sdk-models.ts',
};
const networkGlobals = new Set([
  ...['fetch', 'WebSocket', 'WebSocketStream', 'EventSource', 'XMLHttpRequest', 'WebTransport', 'RTCPeerConnection'],
  ...['importScripts'],
]);
/** Members by which the same is reached, whatever they are members of. */
const networkMembers = new Set(['sendBeacon', 'getBuiltinModule', 'createRequire', 'mainModule', 'binding']);
/** The object that has all globals, under each of its names. */
const globalObjects = new Set(['globalThis', 'window', 'self', 'global', 'top', 'parent', 'frames']);
/** The files that hand the object of all globals on: libraries of PDFs and of WebP look for classes of the DOM there. */
const handsGlobalsOn = ['documents/pdf/pdf-library.ts', 'models/sight/decode/webp.ts'];

/** Every way to a network in a file that is not for it; empty for a file that has none. */
export function waysOut(path: string, text: string): string[] {
  const { program } = parseSync(path, text);
  const found: string[] = [];
  uses(program, (node, parent, scope) => {
    const way = wayOut(path, node, parent, scope);
    if (way !== null) found.push(`${path}: ${way}`);
  });
  return found;
}

function wayOut(path: string, node: SyntaxNode, parent: SyntaxNode | null, scope: Bindings): string | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return ofImport(path, node);
    case 'ImportExpression':
      return (
        ofModule(path, textOf(node.source)) ?? (textOf(node.source) === null ? 'a module by a name made up' : null)
      );
    case 'TSImportEqualsDeclaration':
      return 'import = require';
    case 'CallExpression':
      return ofRequire(path, node, scope);
    case 'MemberExpression':
      return ofMember(node, scope);
    case 'VariableDeclarator':
      return ofPattern(node.id, node.init, scope);
    case 'AssignmentExpression':
      return ofPattern(node.left, node.right, scope);
    case 'Identifier':
      return ofIdentifier(path, node, parent, scope);
    default:
      return null;
  }
}

function ofImport(path: string, node: SyntaxNode): string | null {
  const name = textOf(node.source);
  if (name === null || node.importKind === 'type' || node.exportKind === 'type') return null;
  const taken = (node.specifiers ?? []).filter(({ importKind }) => importKind !== 'type');
  if ((node.specifiers ?? []).length > 0 && taken.length === 0) return null;
  const names = taken.map(({ type, imported }) => (type === 'ImportSpecifier' ? (imported?.name ?? '*') : '*'));
  if (name === 'electron' && names.some((one) => one === 'net' || one === '*')) return 'net of electron';
  if (withoutNode(name) === 'module' && names.some((one) => one === 'createRequire' || one === '*'))
    return 'createRequire of node:module';
  if (names.length > 0 && names.every((one) => harmless[withoutNode(name)]?.includes(one))) return null;
  return ofModule(path, name);
}

function ofModule(path: string, name: string | null): string | null {
  if (name === null || /^[./]/.test(name)) return null;
  const plain = withoutNode(name);
  const places = networkModules[plain];
  if (places?.some((place) => path === place || (place.endsWith('/') && path.startsWith(place)))) return null;
  const scoped = /^(@[^/]+\/[^/]+|[^/]+)/.exec(name)?.[0] ?? name;
  if (places === undefined && (quietModules.has(plain) || packages.has(scoped))) return null;
  if (packagesGivenFetch[scoped] === path) return null;
  return `the module ${name}`;
}

function ofRequire(path: string, { callee, arguments: given = [] }: SyntaxNode, scope: Bindings): string | null {
  if (callee?.type !== 'Identifier' || callee.name !== 'require' || scope.has('require')) return null;
  const name = textOf(given[0]);
  return name === null ? 'a module by a name made up' : (ofModule(path, name) ?? null);
}

function ofMember({ object, property, computed }: SyntaxNode, scope: Bindings): string | null {
  const name = computed ? textOf(property) : (property?.name ?? null);
  if (name !== null && networkMembers.has(name)) return `.${name}`;
  if (!isGlobalObject(object, scope)) return null;
  if (name === null) return 'a global by a name made up';
  return networkGlobals.has(name) ? `the global ${name}` : null;
}

/** `const { fetch } = globalThis`, and the same in an assignment. */
function ofPattern(pattern: SyntaxNode | null | undefined, value: SyntaxNode | null | undefined, scope: Bindings) {
  if (pattern?.type !== 'ObjectPattern' || !isGlobalObject(value ?? null, scope)) return null;
  for (const property of pattern.properties ?? []) {
    const name = property.type === 'RestElement' ? null : (property.key?.name ?? textOf(property.key));
    if (name === null || networkGlobals.has(name)) return `the global ${name ?? 'object, all of it'}`;
  }
  return null;
}

function ofIdentifier(path: string, { name = '' }: SyntaxNode, parent: SyntaxNode | null, scope: Bindings) {
  if (scope.has(name)) return null;
  if (networkGlobals.has(name)) return `the global ${name}`;
  const isWhole = globalObjects.has(name);
  const isLookedInto = parent?.type === 'MemberExpression' && parent.object?.name === name;
  if (!isWhole || isLookedInto || handsGlobalsOn.includes(path)) return null;
  return parent?.type === 'VariableDeclarator' && parent.id?.type === 'ObjectPattern' ? null : `${name}, handed on`;
}

function isGlobalObject(node: SyntaxNode | null | undefined, scope: Bindings): boolean {
  if (node?.type === 'MemberExpression') return isGlobalObject(node.object, scope) && globalObjects.has(nameOf(node));
  if (node?.expression !== undefined && typeof node.expression === 'object')
    return isGlobalObject(node.expression, scope);
  return node?.type === 'Identifier' && globalObjects.has(node.name ?? '') && !scope.has(node.name ?? '');
}

function nameOf({ property }: SyntaxNode): string {
  return property?.name ?? textOf(property) ?? '';
}

function textOf(node: SyntaxNode | null | undefined): string | null {
  if (typeof node?.value === 'string') return node.value;
  const [only, ...more] = node?.type === 'TemplateLiteral' ? (node.quasis ?? []) : [];
  return only !== undefined && more.length === 0 ? ((only.value as { cooked?: string }).cooked ?? null) : null;
}

function withoutNode(name: string): string {
  return name.replace(/^node:/, '');
}
