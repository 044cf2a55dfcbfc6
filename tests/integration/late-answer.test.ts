import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { XEvent } from 'x11';
import { SelectionReader } from '../../desktop/x11/read-selection.ts';
import { X11Connection } from '../../desktop/x11/x11-connection.ts';
import { TestDisplay } from '../support/display.ts';
import { sleep, waitFor } from '../support/processes.ts';

type SelectionRequest = Extract<XEvent, { name: 'SelectionRequest' }>;

describe('a selection whose owner was busy when it was asked first', () => {
  let display: TestDisplay;
  let owner: X11Connection;
  let asking: X11Connection;

  beforeAll(async () => {
    display = await TestDisplay.start();
    owner = new X11Connection(display.env['DISPLAY']);
    asking = new X11Connection(display.env['DISPLAY']);
  });

  afterAll(async () => {
    owner?.dispose();
    asking?.dispose();
    await display?.stop();
  });

  it('is read when it is asked again: the late answer is not taken for the new one, which is not there yet', async () => {
    const requests: SelectionRequest[] = [];
    const end = owner.onEvent((event) => event.name === 'SelectionRequest' && requests.push(event));
    const client = await owner.client();
    client.SetSelectionOwner(await new SelectionReader(owner).window(), await owner.atom('PRIMARY'), 0);
    const reader = new SelectionReader(asking);
    await waitFor('it is owned', async () => (await asking.selectionOwner('PRIMARY')) !== 0);
    await expect(reader.read('PRIMARY', 'UTF8_STRING')).rejects.toMatchObject({ code: 'capture/not-answering' });
    const asked = reader.read('PRIMARY', 'UTF8_STRING');
    await waitFor('it was asked twice', () => requests.length === 2);
    for (const { requestor, selection, target, property, time } of requests) {
      client.ChangeProperty(0, requestor, property, target, 8, Buffer.from('Selected.'));
      client.SendEvent(requestor, 0, 0, { name: 'SelectionNotify', time, requestor, selection, target, property });
      await sleep(100);
    }
    expect(String(await asked)).toBe('Selected.');
    end();
  });
});
