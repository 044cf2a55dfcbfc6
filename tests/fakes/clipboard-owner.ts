// A program that owns the clipboard with four formats, one of them too large for a single piece (INCR), until it is ended.
// It prints a line when it owns it. Run with a number that its contents are made from.
import process from 'node:process';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { SelectionOwner } from '../../desktop/x11/selection-owner.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { clipboardContents } from '../support/clipboard-contents.ts';

const x = new X11Connection();
const formats = await Promise.all(
  clipboardContents(Number(process.argv[2] ?? 0)).map(async ({ target, type, units, data }) => ({
    target: await x.atom(target),
    type: await x.atom(type),
    units,
    data,
  })),
);
const owner = await SelectionOwner.own(x, await new SelectionReader(x).window(), 'CLIPBOARD', formats, {
  onRequest: () => {},
  onLost: () => {},
});
process.stdout.write(`${owner.owns ? 'owns' : 'failed'}\n`);
