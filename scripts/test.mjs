// npm test: puts in place what the tests need, then runs all of them.
import { check } from './check.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { cache } from './lib/places.mjs';
import { say } from './lib/say.mjs';
import { ensureLibraries, ensureTools } from './lib/system.mjs';
import { ensureEmbeddingModel, ensureModels } from './lib/test-models.mjs';
import { runTwiceAtMost } from './lib/vitest.mjs';

/**
 * Projects of tests that start programs; `npm run check` runs the others. They go one after the other, by the order of
 * vitest.config.ts: an engine waits for all of its threads at each step, so that other work beside it makes it many times slower.
 */
const withPrograms = ['contract', 'beside', 'one-core', 'integration', 'e2e', 'alone'];
const filters = process.argv.slice(2);
await ensurePackages();
ensureNode24();
const electron = await ensureElectron();
await ensureLibraries(electron.executable);
await ensureTools('tests');
await ensureModels('smollm2-135m-instruct-q4_1', 'qwen2.5-coder-0.5b-instruct-q4_k_m', 'pp-ocrv6-small');
await ensureEmbeddingModel();
await ensureBuilt(['shell', 'pages', 'node']);
say(`Testing on Electron ${electron.version}${electron.official ? '' : ' (the older one for testing)'}.`);

const checked = filters.length === 0 ? await check() : { failed: 0, counts: { passed: 0, failed: 0, skipped: 0 } };
// As people have it: bundles, which start in half of the time of a processor that the sources take.
const env = { BECKON_ELECTRON: electron.executable, BECKON_CACHE: cache, BECKON_BUNDLED: '1' };
const projects = filters.length === 0 ? withPrograms : ['unit', 'arch', ...withPrograms];
const whole = await runTwiceAtMost(projects, filters, env);
const passed = checked.counts.passed + whole.passed;
const failed = Math.max(checked.counts.failed, checked.failed) + whole.failed;
say(`${passed} passed, ${failed} failed, ${checked.counts.skipped + whole.skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
