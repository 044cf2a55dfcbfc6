// npm run soak: what is too long for npm test.
import { ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { cache } from './lib/places.mjs';
import { say } from './lib/say.mjs';
import { ensureLibraries, ensureTools } from './lib/system.mjs';
import { ensureModels } from './lib/test-models.mjs';
import { runVitest } from './lib/vitest.mjs';

await ensurePackages();
ensureNode24();
const electron = await ensureElectron();
await ensureLibraries(electron.executable);
await ensureTools('tests', 'soak');
await ensureModels(
  ...['smollm2-135m-instruct-q4_1', 'qwen2.5-coder-0.5b-instruct-q4_k_m', 'qwen2.5-coder-1.5b-instruct-q4_k_m'],
);
await ensureBuilt(['shell', 'pages', 'node']);
const { passed, failed, skipped } = await runVitest(['soak'], process.argv.slice(2), {
  BECKON_ELECTRON: electron.executable,
  BECKON_CACHE: cache,
});
say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
