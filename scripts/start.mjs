// npm start: puts in place what is missing, then runs Beckon.
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureElectron } from './lib/electron.mjs';
import { ensureNode24, ensurePackages } from './lib/packages.mjs';
import { root } from './lib/places.mjs';
import { run } from './lib/run.mjs';
import { say } from './lib/say.mjs';
import { ensureLibraries } from './lib/system.mjs';
import { sentence } from './lib/words.mjs';

const args = process.argv.slice(2);
await ensurePackages();
const node = ensureNode24();
const env = { ...process.env, BECKON_NODE: node, NODE_USE_SYSTEM_CA: '1' };
const noDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
const chat = () => run(node, [join(root, 'cli', 'index.ts'), 'chat', ...args], { cwd: root, env });
if (noDisplay) {
  say(sentence('display/none'));
  process.exit(await chat());
}
const electron = await ensureElectron();
await ensureLibraries(electron.executable);
await ensureBuilt(['shell', 'pages']);
const asRoot = process.platform === 'linux' && process.getuid() === 0;
if (asRoot) say('As root, Chromium runs without its sandbox. Start Beckon as an ordinary user to have it.');
const kind = electron.official ? '' : ' (an older one for testing; the product is made for 45)';
say(`Beckon runs on Electron ${electron.version}${kind}. Press Ctrl+Shift+Space.`);
const options = { cwd: root, env };
const { code, refused } = await runApp(
  electron.executable,
  [...(asRoot ? ['--no-sandbox'] : []), root, ...args],
  options,
);
const crash = ['SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGSEGV'].find(
  (name) => code === 128 + constants.signals[name],
);
if (crash !== undefined && !refused) say(sentence('display/ended', { signal: crash }));
if (refused) say(sentence('display/refused', { display: process.env.DISPLAY || process.env.WAYLAND_DISPLAY }));
process.exit(refused ? await chat() : code);

/** Runs the app with its output shown; a display that does not let it in is known by what Chromium says of it. */
async function runApp(command, parameters, { cwd, env: environment }) {
  let refused = false;
  const onError = (text) => {
    refused ||= /Missing X server|cannot open display|Failed to initialize Wayland platform/i.test(text);
    // Chromium talks to itself about buses and graphics that are not there; none of it is for the person who started Beckon.
    process.stderr.write(
      text.replaceAll(/^(\[\d+:\d+\/[\d.]+:(ERROR|WARNING|INFO):|ERR: Display\.cpp:\d+ ).*\n?/gm, ''),
    );
  };
  const code = await run(command, parameters, { cwd, env: environment, onError });
  return { code, refused: refused && code !== 0 };
}
