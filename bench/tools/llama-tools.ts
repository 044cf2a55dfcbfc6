import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, checkout } from '../../tests/support/beckon-app.ts';
import { run } from '../../tests/support/processes.ts';
import { oneAtATime } from './one-at-a-time.ts';

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
  return oneAtATime(join(folder, 'build.lock'), async () => {
    // Whoever had the lock before may have built it.
    if (existsSync(finished)) return finished;
    say(`Building ${tool} (llama.cpp ${tag}, ${commit}) once; this takes some minutes.`);
    await build(tool, folder);
    renameSync(join(folder, 'build', 'bin', tool), finished);
    return finished;
  });
}

async function build(tool: LlamaTool, folder: string): Promise<void> {
  const [source, into] = [join(folder, 'source'), join(folder, 'build')];
  if (!existsSync(join(source, 'CMakeLists.txt'))) {
    rmSync(source, { recursive: true, force: true });
    run('git', ['clone', '--quiet', bundle, source]);
  }
  await runSlowly('cmake', [
    ...['-S', source, '-B', into, '-DCMAKE_BUILD_TYPE=Release', '-DBUILD_SHARED_LIBS=OFF', '-DLLAMA_CURL=OFF'],
    ...['-DLLAMA_BUILD_TESTS=OFF', '-DLLAMA_BUILD_EXAMPLES=OFF', '-DGGML_NATIVE=ON'],
  ]);
  await runSlowly('cmake', ['--build', into, '--config', 'Release', '--parallel', '2', '--target', tool]);
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
