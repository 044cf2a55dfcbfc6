// npm run bench: measures Beckon against floors taken in the same run, and writes bench/results.
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { cache, root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import { ensureLibraries, ensureTools } from './lib/system.mjs';
import { ensureModels } from './lib/test-models.mjs';

await ensurePackages();
const node = ensureNode24();
const electron = await ensureElectron();
await ensureLibraries(electron.executable);
await ensureTools('tests', 'bench');
await ensureModels(
  'smollm2-135m-instruct-q4_1',
  'qwen2.5-coder-0.5b-instruct-q4_k_m',
  'qwen2.5-coder-1.5b-instruct-q4_k_m',
  'pp-ocrv6-small',
);
await ensureBuilt(['shell', 'pages', 'node']);
const env = { ...process.env, BECKON_ELECTRON: electron.executable, BECKON_CACHE: cache };
process.exit(await run(node, [join(root, 'bench', 'run.ts'), ...process.argv.slice(2)], { cwd: root, env }));
