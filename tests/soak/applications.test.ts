import { expect, it } from 'vitest';
import { type Application, applications, openApplication, selectBy, text } from '../support/applications.ts';
import { type DesktopOptions, describeOnDesktop } from '../support/on-desktop.ts';
import { endTree, sleep } from '../support/processes.ts';

/** Of two lines, as a summary often is. */
const replacement = '- Ebbe um zwölf.\n- 换好了。';

const options: DesktopOptions = {
  display: { accessibility: true },
  desktop: true,
  stage: async ({ env }) => {
    Object.assign(env, { QT_ACCESSIBILITY: '1', QT_LINUX_ACCESSIBILITY_ALWAYS_ON: '1' });
  },
};

describeOnDesktop('applications of other toolkits', options, ({ display, client, after }) => {
  const open = async (application: Application): Promise<void> => {
    const child = await openApplication(display, application);
    after(() => endTree(child));
  };

  it.each(applications)('$name', async (application) => {
    const { text: held = text, undoSteps = 1, select: keys, selectAgain = keys, reads, writes } = application;
    await open(application);
    const selection = await capture(keys);
    expect(selection.text.trim()).toBe(held);
    expect(selection).toMatchObject({ route: reads, fresh: true });
    const targetId = await putBack(selection.targetId, writes);
    if (targetId === null) return;
    expect((await capture(selectAgain)).text.trim()).toBe(replacement);
    expect(await client.call('selection.undo', { targetId })).toMatchObject({ status: 'done' });
    await sleep(300);
    const again = await capture(selectAgain);
    expect(again.text.trim(), 'after Beckon took it back').toBe(held);
    if (undoSteps === 0) return;
    await putBack(again.targetId, writes);
    await sleep(300);
    expect(await afterUndo(undoSteps, selectAgain, held), 'after its own undo').toBe(held);
  });

  it('keeps a formula that a model wrote from being computed in a cell', async () => {
    const calc = applications.find(({ name }) => name === 'LibreOffice Calc, in a cell');
    if (calc === undefined) throw new Error('there is no cell');
    await open(calc);
    const { targetId } = await capture(calc.select);
    const formula = '=1+1';
    const answer = await client.call('selection.putBack', { targetId, text: formula, mode: 'replace' });
    expect(answer).toMatchObject({ status: 'done', route: 'paste' });
    display.press('Return');
    await sleep(800);
    expect((await capture(['ctrl+Home', 'shift+Down'])).text.trim()).toBe(formula);
  });

  /** Taking text away and putting other text there may be two steps, between which only what both share is there. */
  async function afterUndo(steps: number, keys: Application['select'], held: string): Promise<string> {
    let seen = '';
    for (let left = steps; left > 0 && seen.trim() !== held; left -= 1) {
      display.press('ctrl+z');
      await sleep(300);
      seen = await capture(keys).then(
        (selection) => selection.text,
        () => '',
      );
    }
    return seen.trim();
  }

  async function capture(keys: Application['select']) {
    await selectBy(display, keys);
    const captured = await client.call('selection.capture', {});
    if (captured.status !== 'captured') throw new Error(JSON.stringify(captured));
    return captured.selection;
  }

  /** Null where nothing can be written. */
  async function putBack(targetId: string, writes: Application['writes']): Promise<string | null> {
    const written = { targetId, text: replacement, mode: 'replace' } as const;
    const route = writes === 'asked' ? 'paste' : writes;
    const answer = await client.call('selection.putBack', { ...written, agreed: writes === 'asked' });
    if (writes === 'no') expect(answer).toMatchObject({ status: 'failed', cause: { code: 'put-back/not-editable' } });
    else expect(answer).toMatchObject({ status: 'done', route, canUndo: true });
    return writes === 'no' ? null : targetId;
  }
});
