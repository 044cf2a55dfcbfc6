import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root as checkout } from '../../arch/source-files.ts';

interface Scripts {
  readonly packageTarget: (
    platform: string,
    arch: string,
  ) => { readonly flag: string; readonly resources: string; readonly packages: readonly string[] };
  readonly copyPackages: (names: readonly string[], options: Record<string, string>) => void;
}

/** The scripts are plain JavaScript, which has no types to import. */
async function load(): Promise<Scripts> {
  const from = (name: string) => import(pathToFileURL(join(checkout, 'scripts', 'lib', name)).href);
  return { ...(await from('package-target.mjs')), ...(await from('copy-packages.mjs')) } as Scripts;
}

describe('what is packaged beside the archive', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'beckon-packages-'));
    const put = (path: string, text = '') => {
      const file = join(root, 'node_modules', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    };
    put('selection-hook/package.json', '{"dependencies": {"node-gyp-build": "1"}}');
    for (const path of ['index.js', 'src/mac/hook.mm', 'docs/API.md', 'examples/demo.js'])
      put(`selection-hook/${path}`);
    for (const system of ['darwin-arm64', 'win32-x64', 'linux-x64'])
      put(`selection-hook/prebuilds/${system}/hook.node`);
    put('node-gyp-build/package.json', '{}');
    put('node-llama-cpp/package.json', '{"optionalDependencies": {"@node-llama-cpp/win-x64": "1"}}');
    put('@node-llama-cpp/win-x64/package.json', '{}');
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  async function packaged(platform: string, arch: string): Promise<(path: string) => boolean> {
    const { copyPackages, packageTarget } = await load();
    const to = join(root, 'dist', `${platform}-${arch}`);
    copyPackages(packageTarget(platform, arch).packages, { root, to, platform, arch });
    return (path) => existsSync(join(to, path));
  }

  it.each([
    ['win32', 'x64', true],
    ['darwin', 'arm64', true],
    ['linux', 'x64', false],
  ])(
    'holds on %s the library for selected text with the native part of that system alone',
    async (system, arch, there) => {
      const has = await packaged(system, arch);
      expect(has('selection-hook/index.js')).toBe(there);
      expect(has('node-gyp-build/package.json')).toBe(there);
      for (const built of ['darwin-arm64', 'win32-x64', 'linux-x64'])
        expect(has(`selection-hook/prebuilds/${built}/hook.node`)).toBe(there && built === `${system}-${arch}`);
      for (const left of ['src', 'docs', 'examples']) expect(has(`selection-hook/${left}`)).toBe(false);
      expect(has('node-llama-cpp/package.json')).toBe(true);
      expect(has('@node-llama-cpp/win-x64/package.json')).toBe(system === 'win32');
    },
  );

  it('lies where the packaged shell looks for it', async () => {
    const { packageTarget } = await load();
    const target = (platform: string, arch: string) => {
      const { flag, resources } = packageTarget(platform, arch);
      return `${flag} ${resources}`;
    };
    expect(target('linux', 'x64')).toBe('--linux linux-unpacked/resources');
    expect(target('win32', 'x64')).toBe('--win win-unpacked/resources');
    expect(target('darwin', 'arm64')).toBe('--mac mac-arm64/Beckon.app/Contents/Resources');
  });
});
