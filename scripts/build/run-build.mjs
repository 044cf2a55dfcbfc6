import { cpSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { nodeTarget, pageTarget, shellTarget } from './targets.mjs';

const [root, ...parts] = process.argv.slice(2);
if (parts.includes('shell')) {
  await build(shellTarget(root, 'main/index.ts', 'main'));
  await build(shellTarget(root, 'preload/index.ts', 'preload'));
}
if (parts.includes('pages')) await build(pageTarget(root, react));
if (parts.includes('node')) {
  await build(nodeTarget(root));
  // Tables that the reader opens by name.
  cpSync(join(root, 'node_modules', 'pdfjs-dist', 'cmaps'), join(root, 'out', 'node', 'cmaps'), { recursive: true });
  cpSync(
    join(root, 'node_modules', '@jsquash', 'webp', 'codec', 'dec', 'webp_dec.wasm'),
    join(root, 'out', 'node', 'webp_dec.wasm'),
  );
  // The engine that draws pages.
  cpSync(
    join(root, 'node_modules', '@hyzyla', 'pdfium', 'dist', 'pdfium.wasm'),
    join(root, 'out', 'node', 'pdfium.wasm'),
  );
}
