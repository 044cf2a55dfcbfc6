#!/usr/bin/env node
// The beckon command: runs the cli on the Node 24 that came with the packages.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { hasTerminalInFront } from './lib/in-front.mjs';
import { node24, root } from './lib/places.mjs';

if (!existsSync(node24)) {
  process.stderr.write('The packages are not installed yet. Run “npm start” once.\n');
  process.exit(1);
}
const args = [join(root, 'cli', 'index.ts'), ...process.argv.slice(2)];
// The cli takes the place of this process, so that a signal to it reaches the cli, and once. Not every Node can do that.
if (process.platform !== 'win32') process.execve?.(node24, [node24, ...args], process.env);
runAsChild();

function runAsChild() {
  const child = spawn(node24, args, { stdio: 'inherit' });
  // A terminal's Ctrl+C has reached both: passed on, it would count as a second one.
  process.on('SIGINT', () => void (hasTerminalInFront(process.pid) || child.kill('SIGINT')));
  // A terminal tells both; who ends this one alone means the other.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
