import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { nodeTarget, pageTarget, shellTarget } from './targets.mjs';

const [root, ...parts] = process.argv.slice(2);
if (parts.includes('shell')) {
  await build(shellTarget(root, 'main/index.ts', 'main'));
  await build(shellTarget(root, 'preload/index.ts', 'preload'));
}
if (parts.includes('pages')) await build(pageTarget(root, react));
if (parts.includes('node')) await build(nodeTarget(root));
