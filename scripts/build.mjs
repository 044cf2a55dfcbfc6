// npm run build: the bundles of shell, pages and node processes, where their sources changed.
import { ensureBuilt } from './lib/build.mjs';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';

await ensurePackages();
ensureNode24();
await ensureBuilt(['shell', 'pages', 'node']);
