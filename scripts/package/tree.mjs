import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../lib/places.mjs';
import { isElf } from './elf.mjs';

/** Where a package puts the folder, and what of it the system's own folders hold. */
export const home = 'usr/lib/beckon';
const packaging = (name) => join(root, 'packaging', name);

/** Lays out a package's files as they will be installed, with their final rights. Answers the number of bytes in it. */
export function layTree(tree, folder, { version, time }) {
  rmSync(tree, { recursive: true, force: true });
  cpSync(folder, join(tree, home), { recursive: true, verbatimSymlinks: true });
  const put = (path, content) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  };
  const copy = (from, path) => put(path, readFileSync(from));
  copy(packaging('beckon.desktop'), 'usr/share/applications/beckon.desktop');
  // What file managers read, so that they offer “Ask Beckon”.
  cpSync(packaging('file-managers'), join(tree, 'usr', 'share'), { recursive: true });
  copy(packaging('app.beckon.beckon.metainfo.xml'), 'usr/share/metainfo/app.beckon.beckon.metainfo.xml');
  copy(join(root, 'main', 'assets', 'icon.svg'), 'usr/share/icons/hicolor/scalable/apps/beckon.svg');
  const icons = join(root, 'main', 'assets', 'icons');
  for (const name of readdirSync(icons).filter((each) => each.endsWith('.png'))) {
    const size = /^(\d+)\.png$/.exec(name)?.[1];
    copy(join(icons, name), `usr/share/icons/hicolor/${size}x${size}/apps/beckon.png`);
  }
  put('usr/share/man/man1/beckon.1.gz', gzipSync(readFileSync(packaging('beckon.1')), { level: 9 }));
  put('usr/share/doc/beckon/copyright', copyright());
  put('usr/share/doc/beckon/changelog.gz', gzipSync(changelog(version, time), { level: 9 }));
  for (const name of ['THIRD-PARTY-NOTICES.txt', 'beckon.spdx.json']) {
    const place = join(tree, home, 'resources', name);
    put(`usr/share/doc/beckon/${name}.gz`, gzipSync(readFileSync(place), { level: 9 }));
    rmSync(place);
  }
  mkdirSync(join(tree, 'usr', 'bin'), { recursive: true });
  symlinkSync('../lib/beckon/bin/beckon', join(tree, 'usr', 'bin', 'beckon'));
  return setRights(tree);
}

/**
 * Rights do not follow the umask of who packages. Chromium's helper runs as root, where user namespaces are closed. Folders of
 * which nothing was taken go.
 */
function setRights(tree, path = '') {
  const folder = join(tree, path);
  chmodSync(folder, 0o755);
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    const file = join(tree, inner);
    if (entry.isDirectory()) bytes += setRights(tree, inner);
    else if (entry.isFile()) {
      bytes += statSync(file).size;
      const runs = inner === `${home}/bin/beckon` || (isElf(file) && !/\.(so|node)(\.\d+)*$/.test(inner));
      chmodSync(file, inner === `${home}/chrome-sandbox` ? 0o4755 : runs ? 0o755 : 0o644);
    }
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
  return bytes;
}

function copyright() {
  const licence = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const indented = licence
    .split('\n')
    .map((line) => ` ${line.trim() === '' ? '.' : line}`)
    .join('\n');
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Beckon
Comment: The works of others that are inside, each with its licence, are listed in
 THIRD-PARTY-NOTICES.txt.gz and, for programs, in beckon.spdx.json.gz beside this file;
 those of Chromium in /${home}/LICENSES.chromium.html.

Files: *
Copyright: Beckon contributors
License: Expat

License: Expat
${indented}
`;
}

function changelog(version, time) {
  const date = new Date(time * 1000).toUTCString().replace('GMT', '+0000');
  return `beckon (${version}) stable; urgency=medium\n\n  * Version ${version}.\n\n -- Beckon contributors <beckon@localhost>  ${date}\n`;
}
