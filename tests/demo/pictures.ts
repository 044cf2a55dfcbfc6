import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SettingsPatch } from '../../contract/settings.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { waitFor } from '../support/processes.ts';
import { Film } from './film.ts';
import { media, Stage } from './stage.ts';

interface Words {
  readonly note: string;
  /** Its first line, which is selected. */
  readonly line: string;
  /** The beginning of the action's name that corrects. */
  readonly correct: string;
  readonly name: RegExp;
  readonly question: string;
}

const english: Words = {
  line: 'The board meet on Tuesday and aproved the budget. Anna will sends the minutes.',
  note: 'Next meeting: 14 December, 10:00.\nRoom 2.',
  correct: 'corr',
  name: /^Correct/,
  question: 'Why do ferries need night crews? Three short points.',
};
const chinese: Words = {
  line: '今天的会议在下午三点开使，请大家按时参加，不要迟道。',
  note: '下次会议：12月14日上午十点，二号会议室。',
  correct: 'jz',
  name: /^纠正/,
  question: '用一个两列的表格列出三种茶和它们的特点。',
};

const looks: readonly { readonly name: string; readonly words: Words; readonly settings: SettingsPatch }[] = [
  { name: 'en-light', words: english, settings: { language: 'en', theme: 'light' } },
  { name: 'en-dark', words: english, settings: { language: 'en', theme: 'dark' } },
  { name: 'zh-light', words: chinese, settings: { language: 'zh-CN', theme: 'light' } },
  { name: 'zh-dark', words: chinese, settings: { language: 'zh-CN', theme: 'dark' } },
];

/** Selected text on its way: taken along, corrected, what changed shown, put back, taken back; and then a question. */
async function overlay(stage: Stage, name: string, words: Words): Promise<void> {
  await stage.openNote(`${words.line}\n\n${words.note}`);
  await stage.select(words.line);
  await stage.steps.call();
  await stage.shot(`${name}-selection`);
  await stage.steps.use(words.correct, words.name);
  await stage.shot(`${name}-changes`);
  await stage.steps.putBack();
  await stage.shot(`${name}-put-back`);
  // Nothing is selected any more, so that the question below is about nothing.
  stage.display.press('ctrl+End');
  await stage.steps.call();
  await stage.shot(`${name}-undo`);
  stage.display.press('ctrl+n');
  await stage.ask(words.question);
  await stage.shot(`${name}-answer`);
  stage.display.press('ctrl+k');
  await stage.shot(`${name}-commands`);
  stage.display.press('Escape');
}

async function pages(stage: Stage, name: string): Promise<void> {
  for (const page of ['chats', 'models', 'settings'] as const) {
    await stage.openPage(page);
    await stage.shot(`${name}-${page}`);
  }
}

/** The same core from a terminal, beside the app. */
async function terminal(stage: Stage, name: string, question: string): Promise<void> {
  const cli = `'${nodeExecutable}' '${join(checkout, 'cli', 'index.ts')}'`;
  const ready = join(stage.display.folder, 'asked');
  const script = `beckon() { BECKON_PROFILE='${stage.app.profile}' ${cli} "$@"; }; clear; echo '$ beckon ask "${question}"'; beckon ask "${question}"; touch '${ready}'; exec cat`;
  const size = ['-fa', 'Noto Sans Mono', '-fs', '22', '-geometry', '80x24', '-bg', '#15181d', '-fg', '#e8eaee'];
  stage.display.start('xterm', ['-T', 'terminal', ...size, '-e', 'sh', '-c', script]);
  await waitFor('the terminal', () => stage.display.focusedTitle() === 'terminal');
  await waitFor('its answer', () => readdirSync(stage.display.folder).includes('asked'), 180_000);
  await stage.shot(`${name}-terminal`);
}

/** The first start on an empty profile, without a model. */
async function firstMinute(name: string, settings: SettingsPatch): Promise<void> {
  const models = mkdtempSync(join(tmpdir(), 'beckon-no-models-'));
  const first = { ...settings, firstRunDone: false, modelId: null };
  const stage = await Stage.start({ settings: first, scale: 2, models });
  try {
    await waitFor('the overlay', () => stage.display.visibleTitles().includes('Beckon'));
    await stage.app.overlay.screenshot({ path: join(media, `${name}-first.png`) });
  } finally {
    await stage.stop();
    rmSync(models, { recursive: true, force: true });
  }
}

/** The film: the hotkey over an editor, a correction, back into its place, and undone. */
async function film(): Promise<void> {
  const { words, settings } = looks[0] ?? {};
  if (words === undefined || settings === undefined) return;
  const stage = await Stage.start({ settings, scale: 1 });
  const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  try {
    await stage.openNote(`${words.line}\n\n${words.note}`);
    const recorder = new Film(stage.display, '1120x740');
    try {
      // A person looks before each step; the film is in real time.
      await rest(1200);
      await stage.select(words.line);
      await rest(900);
      await stage.steps.call();
      await rest(1200);
      await stage.steps.use(words.correct, words.name);
      await rest(2200);
      await stage.steps.putBack();
      await rest(1800);
      await stage.steps.call();
      await rest(1000);
      stage.display.press('ctrl+z');
      await rest(1800);
      await recorder.finish('journey');
    } finally {
      await recorder.dispose();
    }
  } finally {
    await stage.stop();
  }
}

const wanted = process.argv.slice(2);
const usual = ['film', 'en-light', 'zh-dark'];
const wants = (name: string) => (wanted.length === 0 ? usual : wanted).includes(name);
mkdirSync(media, { recursive: true });
// What an earlier version showed and this one does not is not left lying.
if (wanted.length === 0) for (const file of readdirSync(media)) rmSync(join(media, file));
if (wants('film')) await film();
for (const { name, words, settings } of looks.filter((look) => wants(look.name))) {
  const stage = await Stage.start({ settings, scale: 2 });
  try {
    await overlay(stage, name, words);
    await pages(stage, name);
    await terminal(stage, name, words.question);
  } finally {
    await stage.stop();
  }
  await firstMinute(name, settings);
}
