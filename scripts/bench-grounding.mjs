// npm run bench:grounding: precision and recall of grounding on labelled sentences, written to bench/results/grounding.json.
import { join } from 'node:path';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import { ensureEmbeddingModel } from './lib/test-models.mjs';

await ensurePackages();
const node = ensureNode24();
await ensureEmbeddingModel();
process.exit(await run(node, [join(root, 'bench', 'grounding.ts'), ...process.argv.slice(2)], { cwd: root }));
