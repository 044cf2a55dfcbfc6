import { describe, expect, it } from 'vitest';
import { productFolders, readSources } from './source-files.ts';
import { waysOut } from './ways-out.ts';

const product = readSources(productFolders);

/** Each is refused wherever it stands, except in the places that are for it. */
const planted: readonly string[] = [
  "await fetch('https://example.com');",
  'const send = fetch;',
  'list.map(fetch);',
  'const tools = { fetch };',
  'const run = (fetchBy = fetch) => fetchBy();',
  'if (ready) { const fetch = 1; } fetch(url);',
  'function own(fetch) {} fetch(url);',
  'globalThis.fetch(url);',
  "globalThis['fetch'](url);",
  'globalThis[name](url);',
  'window.fetch(url);',
  'self.fetch(url);',
  'global.fetch(url);',
  'window.top.fetch(url);',
  '(globalThis as Globals).fetch(url);',
  'const { fetch } = globalThis;',
  'const { fetch: send } = window;',
  'const { ...all } = globalThis;',
  'const all = globalThis;',
  'use(globalThis);',
  'const page = window; page.fetch(url);',
  "new WebSocket('wss://example.com');",
  'new WebSocketStream(url);',
  'new EventSource(url);',
  'new XMLHttpRequest();',
  'new WebTransport(url);',
  'new RTCPeerConnection();',
  'new (window.WebSocket)(url);',
  'class Own extends EventSource {}',
  'importScripts(url);',
  'navigator.sendBeacon(url, text);',
  ...['net', 'dgram', 'tls', 'http', 'https', 'http2', 'dns', 'dns/promises', 'inspector', 'cluster'].flatMap(
    (name) => [
      `import it from 'node:${name}';`,
      `import * as it from '${name}';`,
      `import '${name}';`,
      `export * from 'node:${name}';`,
      `export { one } from 'node:${name}';`,
      `const it = await import('node:${name}');`,
      `const it = await import(\`node:${name}\`);`,
      `const it = require('${name}');`,
      `import it = require('node:${name}');`,
    ],
  ),
  "import { connect } from 'node:net';",
  "import { isIP, connect } from 'node:net';",
  "import { isIP, createConnection as dial } from 'net';",
  ...['@ai-sdk/openai', '@ai-sdk/anthropic', '@ai-sdk/google', 'ai'].map((name) => `await import('${name}');`),
  ...['undici', 'ws', 'axios', 'got', 'node-fetch', 'eventsource', '@grpc/grpc-js', 'a-package-nobody-looked-at'].map(
    (name) => `import it from '${name}';`,
  ),
  "import { net } from 'electron';",
  "import * as electron from 'electron';",
  'await import(name);',
  'require(name);',
  "import { createRequire } from 'node:module';",
  "process.getBuiltinModule('net');",
  "process['getBuiltinModule']('net');",
];

/** Looks like a way out and is none. */
const harmless: readonly string[] = [
  'export interface Options { readonly fetch: typeof fetch }',
  'type Send = typeof globalThis.fetch; let socket: WebSocket | null;',
  "import type { Socket } from 'node:net';",
  "import { type Socket } from 'node:net';",
  "import { BlockList, isIP } from 'node:net';",
  'const run = ({ fetch }: Options) => fetch(url);',
  'function run(fetch: Fetch, url: string) { return fetch(url); }',
  'function run(options: Options) { const { fetch, signal } = options; return fetch(url, { signal }); }',
  'options.fetch(url); const own = { fetch: send };',
  'class Own { fetch() {} }',
  "import { fetch } from './own.ts'; fetch(url);",
  "window.beckon.call('x'); self.addEventListener('message', on); globalThis.structuredClone(value);",
  "const it = await import('./other.ts');",
];

describe('no way to a network', () => {
  it('is in any product file but those that are for it', () => {
    expect([...product.values()].flatMap(({ path, text }) => waysOut(path, text))).toEqual([]);
  });

  it.each(planted)('hides from this test: %s', (text) => {
    for (const path of ['core/answers/planted.ts', 'models/planted.ts', 'renderer/planted.tsx'])
      expect(waysOut(path, text), path).not.toEqual([]);
  });

  it.each(harmless)('is seen where there is none: %s', (text) => {
    expect(waysOut('core/answers/planted.ts', text)).toEqual([]);
  });

  it('is opened beside its own place: the way out takes http and no fetch, the local socket takes net and no http', () => {
    expect(waysOut('core/egress/planted.ts', "import http from 'node:http';")).toEqual([]);
    expect(waysOut('core/egress/planted.ts', 'fetch(url);')).toHaveLength(1);
    expect(waysOut('core/socket/planted.ts', "import { createServer } from 'node:net';")).toEqual([]);
    expect(waysOut('core/socket/planted.ts', "import http from 'node:http';")).toHaveLength(1);
    expect(waysOut('desktop/wayland/planted.ts', "import net from 'node:net';")).toHaveLength(1);
  });
});

describe('a connection that carries text', () => {
  const filesWith = (pattern: RegExp) =>
    [...product.values()].filter(({ text }) => pattern.test(text)).map(({ path }) => path);

  it('is opened in one place, which hands it to the gate', () => {
    const openers = filesWith(/fetchFor\(\s*'answer'/);
    expect(openers).toHaveLength(1);
    expect(openers[0]).toMatch(/^core\/compose/);
    expect(product.get(openers[0] ?? '')?.text).toMatch(/new Sending\(\{[^}]*fetchFor\('answer'/);
    // By another way than a name that stands there, nobody asks for a purpose.
    expect(filesWith(/fetchFor\(\s*[^'\s)]/).filter((path) => path !== 'core/egress/egress.ts')).toEqual([]);
  });

  it('reaches what speaks to servers through the gate alone', () => {
    const speaks = /\b(createServerModel|createProviderModel|createSdkModel|tryModel)\(/;
    const makers = filesWith(speaks).filter((path) => !path.startsWith('models/'));
    expect(makers).toEqual(['core/servers/gated-model.ts']);
  });

  it('is given to every package that would take the global one, and those are loaded when they are asked for', () => {
    const text = product.get('models/providers/sdk-models.ts')?.text ?? '';
    const made = text.match(/\.create\w+\(\{[^}]*\}/g) ?? [];
    expect(made).toHaveLength(3);
    for (const maker of made) expect(maker).toMatch(/\bfetch\b/);
    expect(text).not.toMatch(/^import (?!type)[^;]*@ai-sdk/m);
  });
});
