import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeOnDesktop } from '../support/on-desktop.ts';
import { expectClipboard, ownClipboard } from '../support/paste-rounds.ts';
import { sleep, waitFor } from '../support/processes.ts';

const old = 'It is old.';

// It was said that the application did not take the text, and the answer stood in the clipboard in the place of what the person
// had copied: an owner that was silent for 0.4 s was taken for one that does not answer.
describeOnDesktop('an answer that goes back on a busy machine', { desktop: true }, (desk) => {
  const { display, client, keep, openNote, select } = desk;

  it.each(['the clipboard', 'the selection'])(
    'is put back though who has %s gets no turn for a while',
    async (what) => {
      const owner = keep(await ownClipboard(display, 3));
      const { file, editor } = await openNote(`Before.\n${old}\nAfter.\n`);
      await select(old, 'ctrl+Home', 'Down', 'Home', 'shift+End');
      const captured = await client.call('selection.capture', {});
      if (captured.status !== 'captured') throw new Error(captured.cause.code);
      const slow = (what === 'the clipboard' ? owner : editor).pid ?? 0;
      process.kill(slow, 'SIGSTOP');
      const { targetId } = captured.selection;
      const going = client.call('selection.putBack', { targetId, text: 'It is new.', mode: 'replace' });
      // The time that the case is about.
      await sleep(1300);
      process.kill(slow, 'SIGCONT');
      expect(await going).toMatchObject({ status: 'done', route: 'paste' });
      await expectClipboard(display, 3);
      await waitFor('it is saved', () => {
        display.press('ctrl+s');
        return readFileSync(file, 'utf8') === 'Before.\nIt is new.\nAfter.\n';
      });
    },
  );
});
