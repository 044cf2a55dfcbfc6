import { readFileSync } from 'node:fs';
import { read, run } from './run.mjs';
import { giveUp, say } from './say.mjs';

const data = JSON.parse(readFileSync(new URL('./system-packages.json', import.meta.url), 'utf8'));

/** Installs the shared libraries that Electron misses, where that is allowed; else says the one command to type. */
export async function ensureLibraries(executable) {
  if (process.platform !== 'linux') return;
  const missing = missingLibraries(executable);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((library) => data.libraries[library]).filter(Boolean))];
  if (packages.length > 0)
    await install(packages, `Electron needs ${missing.length} shared libraries that are not here.`);
  const still = missingLibraries(executable);
  if (still.length > 0)
    giveUp(`Electron cannot run: ${still.join(', ')} missing. Install these libraries and run the same command again.`);
}

function missingLibraries(executable) {
  const output = read('ldd', [executable]) ?? '';
  const linked = [...output.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  // Chromium opens these itself once it has a display, and is killed by its own check where one is not there.
  const known = read('/sbin/ldconfig', ['-p']);
  const later = known === null ? [] : data.loadedLater.filter((library) => !known.includes(`\t${library} `));
  return [...new Set([...linked, ...later])];
}

const users = { deb: 'Packaging uses', rpm: 'Packaging uses', pictures: 'The pictures are taken with' };

/** Installs the programs that tests (or benches, or packaging) use. Missing ones that cannot be installed end the run. */
export async function ensureTools(...groups) {
  const wanted = groups.flatMap((group) => Object.keys(data[group]));
  if (process.platform !== 'linux') return;
  if (read('dpkg-query', ['--version']) === null) {
    say('This system has no Debian packages; the programs that this uses have to be here already.');
    return;
  }
  const missing = missingPackages(wanted);
  if (missing.length === 0) return;
  const whose = users[groups.at(-1)] ?? 'The tests drive';
  await install(missing, `${whose} ${missing.length} programs that are not here yet.`);
  const still = missingPackages(wanted);
  if (still.length > 0) giveUp(`These packages could not be installed: ${still.join(' ')}.`);
}

function missingPackages(names) {
  // One query for all; it fails when any is unknown and still prints the others.
  const output =
    read('sh', [
      '-c',
      `dpkg-query -W -f '\${Package} \${db:Status-Abbrev}\\n' ${names.join(' ')} 2>/dev/null || true`,
    ]) ?? '';
  const installed = new Set(
    output
      .split('\n')
      .filter((line) => / ii/.test(line))
      .map((line) => line.split(' ')[0]),
  );
  return names.filter((name) => !installed.has(name));
}

async function install(packages, why) {
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const command = `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (prefix.length > 0 && read('sudo', ['-n', 'true']) === null)
    giveUp(`${why} Type this once, then run the same command again:\n  ${command}`);
  say(`${why} Installing them (${packages.length} packages)…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (args) =>
    run(
      [...prefix, 'apt-get', '-qq', '-o=Dpkg::Use-Pty=0', ...args][0],
      [...prefix, 'apt-get', '-qq', '-o=Dpkg::Use-Pty=0', ...args].slice(1),
      { env, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  await apt(['update']);
  const code = await apt(['install', '-y', '--no-install-recommends', ...packages]);
  if (code !== 0)
    giveUp(`${why} They could not be installed. Type this, then run the same command again:\n  ${command}`);
}
