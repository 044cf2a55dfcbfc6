import { join } from 'node:path';

/** Parts of packages that no system runs: sources, build recipes, types, maps, documentation. */
const unused = [
  /[\\/]\.(npmignore|eslintrc[^\\/]*)$/,
  /\.(d\.[cm]?ts|[cm]?js\.map|ts\.map|tsbuildinfo)$/,
  /node-llama-cpp[\\/](templates|llama[\\/](gitRelease\.bundle|addon|grammars|toolchains|gpuInfo|profiles|cmake))$/,
  /selection-hook[\\/](src|docs|examples)$/,
  /onnxruntime-(node[\\/](lib|script)|common[\\/](lib|dist[\\/]esm))$/,
];

/** Packages with native parts, which no bundle takes in. */
const packages = ['node-llama-cpp', 'onnxruntime-node'];
/** What the install script of onnxruntime-node fetches files for graphics cards with; it never runs. */
const forInstalling = new Set(['adm-zip', 'global-agent']);

/**
 * What a packaged Beckon of a system is made of: the builder's switch, where its resources and its executable end up below
 * `dist`, and the packages that lie beside the archive. Only that of Linux was ever made and run.
 */
export function packageTarget(platform, arch) {
  const suffix = arch === 'arm64' ? '-arm64' : '';
  if (platform === 'darwin') {
    const folder = `mac${suffix}`;
    const resources = join(folder, 'Beckon.app', 'Contents', 'Resources');
    const executable = join(folder, 'Beckon.app', 'Contents', 'MacOS', 'Beckon');
    return { flag: '--mac', folder, resources, executable, packages: [...packages, 'selection-hook'] };
  }
  if (platform === 'win32') {
    const folder = `win${suffix}-unpacked`;
    return {
      flag: '--win',
      folder,
      resources: join(folder, 'resources'),
      executable: join(folder, 'Beckon.exe'),
      packages: [...packages, 'selection-hook'],
    };
  }
  // Linux has ways of its own to selected text.
  const folder = `linux${suffix}-unpacked`;
  const executable = join(folder, 'beckon');
  return { flag: '--linux', folder, resources: join(folder, 'resources'), executable, packages };
}

/** Whether a file or folder of a package has no use in a packaged Beckon of a system. */
export function leftOut(path, platform, arch) {
  const prebuilt = /selection-hook[\\/]prebuilds[\\/]([\w-]+)$/.exec(path)?.[1];
  if (prebuilt !== undefined) return prebuilt !== `${platform}-${arch}`;
  const runtime = /onnxruntime-node[\\/]bin[\\/][\w-]+[\\/](\w+)[\\/](\w+)$/.exec(path);
  if (runtime !== null) return runtime[1] !== platform || runtime[2] !== arch;
  return unused.some((pattern) => pattern.test(path));
}

/** Whether a whole package has no use there: engines of other systems, and what only an install script takes. */
export function isForeign(name, platform, arch) {
  const own = `${platform === 'win32' ? 'win' : platform === 'darwin' ? 'mac' : 'linux'}-${arch}`;
  if (forInstalling.has(name)) return true;
  return name.startsWith('@node-llama-cpp/') && name !== `@node-llama-cpp/${own}`;
}
