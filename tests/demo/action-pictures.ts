import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AtomFile } from '../../contract/atom.ts';
import { builtinAtoms } from '../../core/atoms/builtin.ts';
import { checkout } from '../support/beckon-app.ts';
import { run, waitFor } from '../support/processes.ts';
import { media, Stage } from './stage.ts';

const folder = join(media, 'actions');
const wanted = process.argv.slice(2);

/** Runs an action of Beckon's own on the text of its first example, as a person would, and takes a picture of the overlay with what came of it. */
async function picture(stage: Stage, { id, name, examples }: AtomFile): Promise<string> {
  const { display, app, steps } = stage;
  const text = examples?.[0]?.input ?? '';
  const file = join(display.folder, 'example.txt');
  writeFileSync(file, text);
  // The one before lets go of the clipboard by itself.
  display.start('xclip', ['-quiet', '-selection', 'clipboard', '-i', file]);
  await waitFor(`the text of ${id} is copied`, () => display.selection('clipboard') === text);
  display.press('ctrl+a', 'ctrl+v', 'ctrl+a');
  await waitFor(`the text of ${id} is selected`, () => display.selection('primary').trim() === text.trim());
  await steps.call();
  await app.overlay.waitForSelector('.chip.on');
  const escaped = name.en.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const answer = await steps.use(name.en.toLowerCase(), new RegExp(`^${escaped}`));
  await stage.shot(null);
  const taken = join(display.folder, 'taken.png');
  await app.overlay.screenshot({ path: taken });
  run('convert', [taken, '-strip', '-resize', '1000x', '-colors', '128', `png8:${join(folder, `${id}.png`)}`]);
  display.press('Escape', 'Escape');
  await steps.untilGone();
  return answer;
}

/** Takes pictures of those that are named, or of all. */
async function takeAll(): Promise<void> {
  const stage = await Stage.start({ settings: { language: 'en', theme: 'light' }, scale: 2 });
  try {
    await stage.openNote('.');
    for (const file of all.filter(({ id }) => wanted.length === 0 || wanted.includes(id)))
      process.stdout.write(`${file.id}: ${(await picture(stage, file)).replaceAll('\n', ' ↵ ')}\n`);
  } finally {
    await stage.stop();
  }
}

/** A page that shows every action with its text and its picture. */
function page(all: readonly AtomFile[]): string {
  const rows = all.map(({ id, name, hint, examples, ...file }) => {
    const { input = '' } = examples?.[0] ?? {};
    const made = file.atom === 2 ? file.steps.map((step) => `\`${step.do}\``).join(', ') : 'one question to a model';
    const about = hint === undefined ? '' : ` ${hint.en}.`;
    const quoted = input
      .split('\n')
      .map((line) => `> ${line}`.trimEnd())
      .join('\n');
    const taken = existsSync(join(folder, `${id}.png`)) ? `\n![${name.en}](media/actions/${id}.png)\n` : '';
    return `## ${name.en} · ${name['zh-CN']}\n\n\`${id}\`:${about} Made of ${made}.\n\n${quoted}\n${taken}`;
  });
  const without = all.filter(({ id }) => !existsSync(join(folder, `${id}.png`)));
  const missing =
    without.length === 0 ? '' : ` No picture was taken yet of ${without.map(({ name }) => `*${name.en}*`).join(', ')}.`;
  const head = `# The actions that come with Beckon\n\nEach with the text of its first example. Pictures: the real thing, models' answers by Qwen2.5 Coder 1.5B\n(\`npm run pictures -- --actions\` takes them and writes this page).${missing} How often they hold what their files promise: [atoms](atoms.md#proved-here).\n`;
  return [head, ...rows].join('\n');
}

const all = builtinAtoms();
mkdirSync(folder, { recursive: true });
if (wanted.length === 0) for (const file of readdirSync(folder)) rmSync(join(folder, file));
if (!wanted.includes('--page')) await takeAll();
writeFileSync(join(checkout, 'docs', 'built-in-actions.md'), page(all));
