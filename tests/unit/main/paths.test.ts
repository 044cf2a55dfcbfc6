import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createPaths } from '../../../main/paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-paths-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('names a command that a person can bind to a key: the launcher where there is one', () => {
  const resources = join(folder, 'Beckon app', 'resources');
  const roots = { app: join(resources, 'app.asar'), resources, home: folder, platform: 'linux', env: {} } as const;
  mkdirSync(join(folder, 'Beckon app', 'bin'), { recursive: true });
  expect(createPaths(roots).command).toBe(`"${resources}/node" "${resources}/out/node/cli.mjs"`);
  writeFileSync(join(folder, 'Beckon app', 'bin', 'beckon'), '');
  expect(createPaths(roots).command).toBe(`"${resources}/../bin/beckon"`.replace('/resources/..', ''));
});
