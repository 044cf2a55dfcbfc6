import { enableCompileCache } from 'node:module';
import process from 'node:process';

// Starting is what a person waits for: what was compiled once is kept in the system's temporary folder.
enableCompileCache();

const [command, actionId] = process.argv.slice(2);
// Bound to a key on Wayland, `toggle` and `run` have to answer at once: it loads nothing of the rest.
if (command === 'toggle' || (command === 'run' && actionId !== undefined)) {
  const { toggle } = await import('./toggle.ts');
  await toggle(command === 'run' ? actionId : undefined);
} else {
  const { runCli } = await import('./run-cli.ts');
  process.exitCode = await runCli(process.argv.slice(2), process.env);
  // Sockets and timers of a core that ran in this process are closed; nothing is left to wait for.
  process.exit();
}
