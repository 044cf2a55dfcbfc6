import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The file beside each bundle that tells which packages are in it. */
export const noteName = 'packages.json';

/**
 * A plugin of Vite that notes the packages whose code or files a bundle took in, each with its version. The lock file cannot
 * tell: it knows what is installed, not what the bundler left out.
 */
export function notePackages() {
  return {
    name: 'note-packages',
    generateBundle(_options, bundle) {
      const found = new Map();
      for (const part of Object.values(bundle))
        for (const file of part.moduleIds ?? part.originalFileNames ?? []) {
          const packaged = packageOf(file);
          if (packaged !== null) found.set(`${packaged.name}@${packaged.version}`, packaged);
        }
      const packages = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, packaged]) => packaged);
      this.emitFile({ type: 'asset', fileName: noteName, source: `${JSON.stringify(packages, null, 1)}\n` });
    },
  };
}

/** The package that a module belongs to; null for Beckon's own. The bundler's own helpers have no file. */
function packageOf(file) {
  const path = file.replaceAll('\\', '/').split('?')[0];
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0 || path.startsWith('\0')) return null;
  for (let folder = dirname(path); folder.length > at + '/node_modules'.length; folder = dirname(folder)) {
    const { name, version } = read(join(folder, 'package.json'));
    // Folders within a package may have a package.json of their own, which names nothing.
    if (name && version) return { name, version, folder: folder.slice(folder.indexOf('/node_modules/') + 1) };
  }
  return null;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
