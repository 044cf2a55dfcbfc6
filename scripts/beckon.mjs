#!/usr/bin/env node
// The beckon command: runs the cli on the Node 24 that came with the packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root } from './lib/places.mjs';

if (!existsSync(node24)) {
  process.stderr.write('The packages are not installed yet. Run “npm start” once.\n');
  process.exit(1);
}
const child = spawn(node24, [join(root, 'cli', 'index.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
process.on('SIGINT', () => {});
// A terminal tells both; who ends this one alone means the other.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)));
