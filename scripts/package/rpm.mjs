import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../lib/places.mjs';
import { run } from '../lib/run.mjs';
import { giveUp } from '../lib/say.mjs';
import { later, readElfFiles } from './depends.mjs';
import { home } from './tree.mjs';

const architectures = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * Makes an RPM package of a laid out tree; answers its path. What it needs is read from the ELF files by rpm itself, as names
 * of libraries, which are the same on every distribution. The same tree and time give the same bytes.
 */
export async function makeRpm(tree, { version, time }) {
  const work = mkdtempSync(join(tmpdir(), 'beckon-rpm-'));
  const architecture = architectures[process.arch];
  const { own } = readElfFiles(join(tree, home));
  writeFileSync(join(work, 'beckon.spec'), specification(tree, version, own));
  const defined = {
    _topdir: work,
    _dbpath: join(work, 'database'),
    _tmppath: join(work, 'tmp'),
    _buildhost: 'reproducible',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
    __os_install_post: '%{nil}',
    debug_package: '%{nil}',
    _build_id_links: 'none',
    _binary_payload: 'w9.zstdio',
  };
  mkdirSync(join(work, 'tmp'));
  const words = Object.entries(defined).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  const code = await run(
    'rpmbuild',
    ['-bb', '--quiet', `--target=${architecture}`, ...words, join(work, 'beckon.spec')],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(time) },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (code !== 0) giveUp('rpmbuild could not make the package; the lines above say why.');
  const made = join(work, 'RPMS', architecture);
  const [name] = readdirSync(made);
  const file = join(root, 'dist', name);
  rmSync(file, { force: true });
  renameSync(join(made, name), file);
  rmSync(work, { recursive: true, force: true });
  return file;
}

function specification(tree, version, own) {
  const others = readdirSync(join(tree, home))
    .filter((name) => name !== 'chrome-sandbox')
    .sort()
    .map((name) => `"/${home}/${name}"`);
  const libraries = own.map((name) => name.replaceAll(/[.+]/g, (sign) => `[${sign}]`)).join('|');
  return `%global __requires_exclude ^(${libraries})
Name: beckon
Version: ${version}
Release: 1
Summary: Desktop assistant that comes when called
License: MIT
AutoReq: yes
AutoProv: no
${loadedLater()}
Recommends: xdg-utils
Recommends: at-spi2-core
Suggests: wl-clipboard

%description
One shortcut opens a small box over whatever you are doing. It holds the text you have selected; a small model on this machine
summarises, translates, corrects or explains it, and one key puts the answer back in its place.

%install
mkdir -p %{buildroot}
cp -a "${tree}/usr" %{buildroot}/

%files
%defattr(-,root,root,-)
/usr/bin/beckon
%dir /${home}
%attr(4755,root,root) /${home}/chrome-sandbox
${others.join('\n')}
/usr/share/applications/beckon.desktop
/usr/share/applications/beckon-ask.desktop
/usr/share/*/sendto/beckon-ask.desktop
/usr/share/*/actions/beckon-ask.*
/usr/share/kio/servicemenus/beckon-ask.desktop
/usr/share/metainfo/*
/usr/share/icons/hicolor/*/apps/beckon.*
%doc /usr/share/man/man1/beckon.1.gz
%doc /usr/share/doc/beckon
`;
}

/** What Chromium opens by itself stands in no ELF header. */
function loadedLater() {
  const fields = { Depends: 'Requires', Recommends: 'Recommends', Suggests: 'Suggests' };
  return Object.entries(later)
    .map(([library, { field }]) => `${fields[field]}: ${library}()(64bit)`)
    .join('\n');
}
