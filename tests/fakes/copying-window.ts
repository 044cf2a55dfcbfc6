// A window of any name that does one of several things on the key that copies, and prints a line for each key it gets.
// Arguments: application name, title, what it does, the selected text (or a number of characters). What it does late it does
// once a line on its standard input says so.
import process from 'node:process';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { SelectionOwner } from '../../desktop/x11/selection-owner.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';

const keyPressMask = 1;
const inputOutput = 1;
/** An application is at work for a moment. */
const delayMs = 10;
const [, , application = '', title = '', does = 'ignores', selected = ''] = process.argv;
const text = /^\d+$/.test(selected) ? '潮水 tide '.repeat(Number(selected) / 8) : selected;

const x = new X11Connection();
const client = await x.client();
const window = client.AllocID();
client.CreateWindow(window, await x.root(), 0, 0, 300, 200, 0, 0, inputOutput, 0, { eventMask: keyPressMask });
await setText('WM_CLASS', `${application}\0${application}\0`);
await setText('WM_NAME', title);
const [protocols, ping] = await Promise.all([x.atom('WM_PROTOCOLS'), x.atom('_NET_WM_PING')]);
client.ChangeProperty(0, window, protocols, await x.atom('ATOM'), 32, number(ping));
const root = await x.root();
client.ChangeProperty(0, window, await x.atom('_NET_WM_PID'), await x.atom('CARDINAL'), 32, number(process.pid));
const utf8 = await x.atom('UTF8_STRING');
const [clipboard, primary] = await Promise.all([x.atom('CLIPBOARD'), x.atom('PRIMARY')]);
const late = does.startsWith('copies-late');
/** Resolves when what is done late is to be done. */
const isTime = new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
/** What its keys have it do: as an application does, it answers a ping when all that came before is done. */
let work: Promise<unknown> = Promise.resolve();
x.onEvent((event) => {
  if (does.endsWith('is-silent') && event.name === 'SelectionClear') process.stdout.write('lost\n');
  if (event.name === 'ClientMessage' && event.data[0] === ping) {
    const answer = { ...event, wid: root };
    const notifyOrRedirect = 0x0018_0000;
    const before = late ? isTime.then(() => work) : work;
    void before.then(() => client.SendEvent(root, 0, notifyOrRedirect, answer));
  }
  if (event.name !== 'KeyPress' || event.wid !== window) return;
  process.stdout.write(`key ${event.keycode}\n`);
  work = work.then(() => act(event.time));
});
client.MapWindow(window);
process.stdout.write('ready\n');

async function act(time: number): Promise<void> {
  if (late) await isTime;
  if (does === 'copies-late') return copy(time);
  if (does === 'copies-late-as-of-now') return copyAsOfNow();
  if (does === 'copies-and-is-silent') return void client.SetSelectionOwner(window, clipboard, time);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (does === 'copies') return copy(time);
  // As Gnumeric does it.
  if (does === 'copies-both') return copy(time).then(() => client.SetSelectionOwner(window, primary, time));
  // As LibreOffice does it.
  if (does === 'copies-as-of-now') return copyAsOfNow();
  if (does === 'copies-as-of-now-and-is-silent') client.SetSelectionOwner(window, clipboard, 0);
}

async function copy(time: number): Promise<void> {
  const formats = [{ target: utf8, type: utf8, units: 8, data: Buffer.from(text, 'utf8') }];
  const events = { onRequest: () => {}, onLost: () => process.stdout.write('lost\n') };
  // As GTK and Qt tell it.
  const [target, type] = await Promise.all([x.atom('TIMESTAMP'), x.atom('INTEGER')]);
  const copiedAt = { target, type, units: 32, data: number(time) };
  const owner = await SelectionOwner.own(x, window, 'CLIPBOARD', [...formats, copiedAt], events, time);
  process.stdout.write(owner.owns ? 'copied\n' : 'refused\n');
}

async function copyAsOfNow(): Promise<void> {
  let now: number | null = null;
  // A display that is busy does not tell the time at once.
  while (now === null) now = await new SelectionReader(x).serverTime();
  await copy(now);
}

async function setText(name: string, value: string): Promise<void> {
  client.ChangeProperty(0, window, await x.atom(name), await x.atom('STRING'), 8, Buffer.from(value, 'utf8'));
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
