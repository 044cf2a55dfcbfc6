import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = resolve(fileURLToPath(import.meta.url), '..', '..', '..', '..');
const work = mkdtempSync(join(tmpdir(), 'beckon-tree-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** A folder as the builder leaves it, made under some umask, with a folder in it of which nothing was taken. */
function makeFolder(name: string, mode: number): string {
  const folder = join(work, name);
  const put = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true, mode: mode | 0o100 });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), mode);
  };
  for (const program of ['beckon', 'chrome-sandbox']) put(program, '\x7fELF');
  put('libffmpeg.so', '\x7fELF');
  put('bin/beckon', '#!/bin/sh\n');
  put('resources/out/node/cli.mjs', '#!/usr/bin/env node\n');
  for (const list of ['THIRD-PARTY-NOTICES.txt', 'beckon.spdx.json']) put(`resources/${list}`, '{}');
  mkdirSync(join(folder, 'resources', 'node_modules', 'types', 'only'), { recursive: true, mode: mode | 0o100 });
  return folder;
}

it('lays the same tree with the same rights, whatever the umask of who packages, and no empty folder', async () => {
  const path = pathToFileURL(join(root, 'scripts', 'package', 'tree.mjs')).href;
  const { layTree } = (await import(path)) as {
    layTree: (tree: string, folder: string, of: Readonly<Record<string, unknown>>) => number;
  };
  const rights = [0o777, 0o600].map((mode, index) => {
    const tree = join(work, `tree-${index}`);
    layTree(tree, makeFolder(`folder-${index}`, mode), { version: '0.1.0', time: 1_700_000_000 });
    const places = readdirSync(tree, { recursive: true, encoding: 'utf8' }).sort();
    return places.map((place) => `${(statSync(join(tree, place)).mode & 0o7777).toString(8)} ${place}`);
  });
  expect(rights[0]).toEqual(rights[1]);
  expect(rights[0]).toContain('4755 usr/lib/beckon/chrome-sandbox');
  expect(rights[0]).toContain('755 usr/lib/beckon/bin/beckon');
  expect(rights[0]).toContain('644 usr/lib/beckon/libffmpeg.so');
  expect(rights[0]).toContain('644 usr/lib/beckon/resources/out/node/cli.mjs');
  expect(rights[0]?.filter((line) => line.includes('types'))).toEqual([]);
});
