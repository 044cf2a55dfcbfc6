// npm run pictures: the pictures and the film of the README, taken anew of the real thing on a private display, into docs/media.
// npm run pictures -- --actions [id…]: each action that comes with Beckon, and the page docs/built-in-actions.md that shows them.
// npm run pictures -- --states FOLDER [part of a name…]: every state of every view in every look, for whoever judges them.
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
await ensureTools('tests', 'pictures');
await ensureModels('qwen2.5-coder-1.5b-instruct-q4_k_m');
await ensureBuilt(['shell', 'pages']);
const env = { ...process.env, BECKON_ELECTRON: electron.executable, BECKON_CACHE: cache };
const words = process.argv.slice(2);
const scripts = { '--states': 'states.ts', '--actions': 'action-pictures.ts' };
const [script, rest] = words[0] in scripts ? [scripts[words[0]], words.slice(1)] : ['pictures.ts', words];
process.exit(await run(node, [join(root, 'tests', 'demo', script), ...rest], { cwd: root, env }));
