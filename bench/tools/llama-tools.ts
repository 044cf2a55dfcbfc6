import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, checkout } from '../../tests/support/beckon-app.ts';
import { isAlive, run, sleep } from '../../tests/support/processes.ts';

export type LlamaTool = 'llama-bench' | 'llama-perplexity' | 'llama-server';

/** The llama.cpp source inside node-llama-cpp's package: the same commit as the binaries that Beckon runs on. */
const bundle = join(checkout, 'node_modules', 'node-llama-cpp', 'llama', 'gitRelease.bundle');
const infoFile = join(checkout, 'node_modules', 'node-llama-cpp', 'llama', 'llama.cpp.info.json');

/**
 * A tool of llama.cpp, built once into the cache folder (about five minutes on two cores) from the source that
 * node-llama-cpp brings along. Throws when git, cmake or a compiler is missing.
 */
export async function ensureLlamaTool(tool: LlamaTool, say: (line: string) => void): Promise<string> {
  const { tag } = JSON.parse(readFileSync(infoFile, 'utf8')) as { tag: string };
  const commit = run('git', ['bundle', 'list-heads', bundle]).slice(0, 12);
  const folder = join(cacheFolder, 'tools', `llama.cpp-${commit}`);
  const finished = join(folder, tool);
  if (existsSync(finished)) return finished;
  mkdirSync(folder, { recursive: true });
  await alone(join(folder, 'building'), async () => {
    if (existsSync(finished)) return;
    say(`Building ${tool} (llama.cpp ${tag}, ${commit}) once; this takes some minutes.`);
    await build(folder, tool);
  });
  return finished;
}

async function build(folder: string, tool: LlamaTool): Promise<void> {
  const source = join(folder, 'source');
  const made = join(folder, 'build');
  if (!existsSync(join(source, 'CMakeLists.txt'))) {
    rmSync(source, { recursive: true, force: true });
    run('git', ['clone', '--quiet', bundle, source]);
  }
  await runSlowly('cmake', [
    ...['-S', source, '-B', made, '-DCMAKE_BUILD_TYPE=Release', '-DBUILD_SHARED_LIBS=OFF', '-DLLAMA_CURL=OFF'],
    ...['-DLLAMA_BUILD_TESTS=OFF', '-DLLAMA_BUILD_EXAMPLES=OFF', '-DGGML_NATIVE=ON'],
  ]);
  await runSlowly('cmake', ['--build', made, '--config', 'Release', '--parallel', '2', '--target', tool]);
  renameSync(join(made, 'bin', tool), join(folder, tool));
}

/** Two that build in one folder at once take each other's files away: the second waits, unless the first has died. */
async function alone(mark: string, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      writeFileSync(mark, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      const owner = ownerOf(mark);
      if (owner !== null && !isAlive(owner)) rmSync(mark, { force: true });
      await sleep(1000);
    }
  }
  try {
    await work();
  } finally {
    rmSync(mark, { force: true });
  }
}

function ownerOf(mark: string): number | null {
  try {
    return Number(readFileSync(mark, 'utf8'));
  } catch {
    return null;
  }
}

/** Builds stay below everything a person does. The output is shown only when it fails. */
function runSlowly(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('nice', ['-n', '15', command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let last = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        last = (last + text).slice(-4000);
      });
    }
    child.once('error', (error) => reject(new Error(`${command} could not be run: ${error.message}`)));
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${code}:\n${last}`));
    });
  });
}
