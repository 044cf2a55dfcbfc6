import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pseudonyms } from '../../core/sending/pseudonyms.ts';
import { checkout } from '../../tests/support/beckon-app.ts';
import { goals } from '../goals.ts';
import { judge } from '../results.ts';
import type { Area } from './area.ts';

const texts = [
  'README.md',
  'docs/threat-model.md',
  'docs/receipts.md',
  'locales/zh-CN/errors.json',
  'locales/zh-CN/window.json',
];
const megabyte = 1_000_000;
/** A letter with something to hide in it, once in about four kilobytes. */
const letter =
  '\nWrite to anna@example.org or +44 20 7946 0958; card 4111 1111 1111 1111, 密码是Blue#otter7，护照号码：EB1234567。\n';

/** H1: hiding what is secret in a text of 1 MB, in time of its thread, against a plain pass that reads each letter of it once. */
export const measurePseudonyms: Area = async ({ runs, say }) => {
  const text = readText();
  const [values, floors]: [number[], number[]] = [[], []];
  let hidden = 0;
  // The first run is compiled.
  for (let round = -2; round < runs; round += 1) {
    const floor = threadTime(() => plainPass(text));
    const value = threadTime(() => {
      hidden = new Pseudonyms().hide(text).hidden;
    });
    if (round < 0) continue;
    floors.push(floor);
    values.push(value);
  }
  say(`pseudonyms: ${hidden} places`);
  const subject = `${text.length.toLocaleString('en')} letters of English and Chinese, ${hidden} secrets`;
  return [judge(goals.hideSecrets, { values, floors, subject })];
};

function readText(): string {
  const pieces = texts.map((path) => readFileSync(join(checkout, path), 'utf8')).join('\n');
  let text = '';
  for (let at = 0; Buffer.byteLength(text) < megabyte; at = (at + 4000) % pieces.length)
    text += pieces.slice(at, at + 4000) + letter;
  return text;
}

function plainPass(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (sum + text.charCodeAt(at)) | 0;
  return sum;
}

function threadTime(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
