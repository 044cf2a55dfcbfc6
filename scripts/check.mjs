// npm run check: types, lint, format, architecture and unit tests.
import { join } from 'node:path';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { runVitest } from './lib/vitest.mjs';

const folders = [
  'contract',
  'text',
  'process',
  'wire',
  'models',
  'desktop',
  'documents',
  'core',
  'main',
  'preload',
  'renderer',
  'locales',
  'cli',
  'tests',
  'bench',
];

/**
 * Two folders are checked at once, each by one thread: more of them check the same declarations again, for twice the time of
 * the processor. What has not changed since the last time is not checked again.
 */
function typesOf(folder) {
  const known = join(root, 'out', 'types', `${folder}.tsbuildinfo`);
  const project = join(root, folder, 'tsconfig.json');
  return ['--noEmit', '--singleThreaded', '--incremental', '--tsBuildInfoFile', known, '-p', project];
}

/** Runs all checks; answers how many failed and how many tests ran. */
export async function check(filters = []) {
  await ensurePackages();
  ensureNode24();
  let failed = 0;
  const timed = async (name, work) => {
    const begun = Date.now();
    const ok = await work();
    if (!ok) failed += 1;
    say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  };
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  await timed('types', async () => {
    const waiting = [...folders];
    let ok = true;
    const worker = async () => {
      for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
        if ((await run(tsc, typesOf(folder), { cwd: root })) !== 0) ok = false;
      }
    };
    await Promise.all([worker(), worker()]);
    return ok;
  });
  await timed(
    'lint and format',
    async () =>
      (await run(join(root, 'node_modules', '.bin', 'biome'), ['check', '--error-on-warnings', '.'], { cwd: root })) ===
      0,
  );
  let counts = { passed: 0, failed: 0, skipped: 0 };
  await timed('architecture and unit tests', async () => {
    counts = await runVitest(['arch', 'unit'], filters);
    return counts.failed === 0;
  });
  return { failed, counts };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { failed } = await check(process.argv.slice(2));
  process.exit(failed === 0 ? 0 : 1);
}
