import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FuseV1Options } from '@electron/fuses';
import { describe, expect, it } from 'vitest';

const root = resolve(fileURLToPath(import.meta.url), '..', '..', '..', '..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

/** The scripts are plain JavaScript, of which nothing here knows the types. */
async function script<Exports>(path: string): Promise<Exports> {
  return (await import(pathToFileURL(join(root, 'scripts', path)).href)) as Exports;
}

interface Fuse {
  readonly on: boolean;
  readonly only?: readonly string[];
  readonly why: string;
}
interface Part {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly texts: readonly string[];
  readonly where: string;
}

describe('fuses', () => {
  it('are decided one by one, for every one that the tool which sets them knows', async () => {
    const { fuses } = await script<{ fuses: Record<string, Fuse> }>('package/fuses.mjs');
    const known = Object.keys(FuseV1Options).filter((name) => !/^\d+$/.test(name));
    expect(Object.keys(fuses).sort()).toEqual(known.sort());
  });

  it('stand in the documents as they are set', async () => {
    const { fuses } = await script<{ fuses: Record<string, Fuse> }>('package/fuses.mjs');
    const document = text('docs/packages.md');
    for (const [name, { on, only }] of Object.entries(fuses)) {
      const row = document.split('\n').find((line) => line.startsWith(`| ${name} |`));
      expect(row?.split('|')[2]?.trim(), name).toBe(on ? (only === undefined ? 'on' : 'on (macOS, Windows)') : 'off');
    }
  });

  it('are off on a system that a fuse is not for', async () => {
    const { isOn } = await script<{ isOn: (fuse: Fuse, platform: string) => boolean }>('package/fuses.mjs');
    const fuse = { on: true, only: ['darwin'], why: '' };
    expect(['darwin', 'linux', 'win32'].map((platform) => isOn(fuse, platform))).toEqual([true, false, false]);
  });
});

describe('a package', () => {
  type Target = {
    leftOut: (path: string, platform: string, arch: string) => boolean;
    isForeign: (name: string, platform: string, arch: string) => boolean;
    packageTarget: (platform: string, arch: string) => { readonly packages: readonly string[] };
  };
  it('carries the runtime that reads pictures for its own system alone, and nothing that only its installing takes', async () => {
    const { leftOut, isForeign, packageTarget } = await script<Target>('lib/package-target.mjs');
    const runtimes = 'node_modules/onnxruntime-node/bin/napi-v6';
    const others = ['linux/arm64', 'win32/x64', 'darwin/arm64'];
    expect(packageTarget('linux', 'x64').packages).toContain('onnxruntime-node');
    expect(others.filter((other) => !leftOut(`${runtimes}/${other}`, 'linux', 'x64'))).toEqual([]);
    expect(leftOut(`${runtimes}/linux/x64`, 'linux', 'x64')).toBe(false);
    expect(leftOut(`${runtimes}/linux/x64/libonnxruntime.so.1`, 'linux', 'x64')).toBe(false);
    expect(['adm-zip', 'global-agent', 'onnxruntime-common'].map((name) => isForeign(name, 'linux', 'x64'))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('the words after npm run package', () => {
  type Options = (words: readonly string[], platform: string) => Readonly<Record<string, unknown>>;
  it('that mean nothing, or are for another system, are refused instead of passed over', async () => {
    const { packageOptions } = await script<{ packageOptions: Options }>('package/options.mjs');
    expect(packageOptions(['--debb'], 'linux')['wrong']).toMatch(/--debb/);
    expect(packageOptions(['--deb'], 'darwin')['wrong']).toMatch(/linux/);
    expect(packageOptions(['--deb', '--rpm', '--list'], 'linux')).toEqual({
      deb: true,
      rpm: true,
      built: [],
      list: true,
      compression: 'zstd',
    });
  });
});

describe('the desktop entry', () => {
  const entry = text('packaging/beckon.desktop');
  const keys = entry.split('\n').flatMap((line) => /^([A-Za-z]+)(?:\[(\w+)\])?=/.exec(line)?.slice(1, 3) ?? []);

  it('says everything that a person reads in English and Chinese', () => {
    for (const key of ['Name', 'GenericName', 'Comment', 'Keywords']) {
      const plain = entry.match(new RegExp(`^${key}=`, 'gm'))?.length ?? 0;
      expect(plain, key).toBeGreaterThan(0);
      expect(entry.match(new RegExp(`^${key}\\[zh_CN\\]=.*[\\u4e00-\\u9fff]`, 'gm'))?.length, key).toBe(plain);
    }
    expect(keys).toContain('StartupWMClass');
  });

  it('asks only for places that the app knows', async () => {
    const { startPlace } = await import('../../../main/shell/start-words.ts');
    const commands = [...entry.matchAll(/^Exec=(.+)$/gm)].map(([, command]) => command ?? '');
    expect(commands).toHaveLength(4);
    for (const command of commands) expect(startPlace(command.split(' ')), command).not.toBeNull();
  });
});

describe('the icon', () => {
  it('in all sizes was drawn from its source as it is now', () => {
    const sum = createHash('sha256').update(text('main/assets/icon.svg')).digest('hex');
    expect(text('main/assets/icons/source.sha256').trim(), 'run “npm run icons”').toBe(sum);
    for (const name of readdirSync(join(root, 'main/assets/icons')).filter((each) => each.endsWith('.png'))) {
      const picture = readFileSync(join(root, 'main/assets/icons', name));
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([
        Number.parseInt(name, 10),
        Number.parseInt(name, 10),
      ]);
    }
  });
});

describe('the list of what is inside', () => {
  type Lists = {
    noticesText: (parts: readonly Part[]) => string;
    spdxList: (parts: readonly Part[], of: Readonly<Record<string, unknown>>) => string;
  };
  const part = (name: string, terms: string): Part => ({
    name,
    version: '1.0.0',
    licence: 'MIT',
    texts: terms === '' ? [] : [terms],
    where: 'bundled: main',
  });

  it('passes each licence text on once, under all the names that it holds for, and says where one is missing', async () => {
    const { noticesText } = await script<Lists>('package/licences.mjs');
    const notices = noticesText([
      part('one', 'Terms A'),
      part('two', 'Terms B'),
      part('three', 'Terms A'),
      part('four', ''),
    ]);
    expect(notices.match(/Terms A/g)).toHaveLength(1);
    expect(notices).toMatch(/one 1\.0\.0 \(MIT\)\nthree 1\.0\.0 \(MIT\)\n\nTerms A/);
    expect(notices).toMatch(/four 1\.0\.0 \(MIT\)\n\n\(The package brings no text/);
  });

  it('has the same bytes for the same parts and time, and an identifier for each part', async () => {
    const { spdxList } = await script<Lists>('package/licences.mjs');
    const of = { version: '0.1.0', time: 1_700_000_000, platform: 'linux', arch: 'x64' };
    const parts = [part('@scope/a_b', 'x'), part('scope-a', 'x')];
    expect(spdxList(parts, of)).toBe(spdxList(parts, of));
    const list = JSON.parse(spdxList(parts, of)) as { packages: readonly { SPDXID: string }[] };
    const ids = list.packages.map(({ SPDXID }) => SPDXID);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^SPDXRef-[A-Za-z0-9.-]+$/);
  });
});
