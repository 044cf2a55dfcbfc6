import { enableCompileCache } from 'node:module';
import process from 'node:process';
import { codeCacheFolder } from '../core/profile/code-cache.ts';

process.umask(0o077);
// Starting is what a person waits for: what was compiled once is kept, where nobody else can put code of theirs.
const cache = codeCacheFolder(process.env);
if (cache !== null) enableCompileCache(cache);

const [command, actionId, ...more] = process.argv.slice(2);
const isPlain = more.length === 0 && actionId?.startsWith('-') !== true;
// Bound to a key on Wayland, `toggle` and `run` have to answer at once: it loads nothing of the rest.
if (isPlain && (command === 'run') === (actionId !== undefined) && (command === 'toggle' || command === 'run')) {
  const { toggle } = await import('./toggle.ts');
  process.exit(await toggle(actionId));
} else if (command === 'complete') {
  const { complete } = await import('./completion/complete.ts');
  process.exit(await complete(actionId, process.env));
} else if (command === 'core' && process.send !== undefined) {
  const { serveCommands } = await import('./serve-commands.ts');
  await serveCommands(process.env);
} else {
  const { runCli } = await import('./run-cli.ts');
  // Sockets and timers of an ended connection are closed; nothing is left to wait for.
  process.exit(await runCli(process.argv.slice(2), process.env));
}
