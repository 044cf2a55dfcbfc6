import { describe, expect, it } from 'vitest';
import { toolkitLoaded } from '../../../desktop/applications/applications.ts';
import { WindowJudge } from '../../../desktop/x11/window-judge.ts';

const window = (application: string) => ({ windowId: '7', processId: 1, application, title: null });

/** `processId`: as the display tells it, whatever the window says of itself. */
function judgeWhere({ processId = 5 as number | null, holdsTerminal = false }) {
  const looked: number[] = [];
  const judge = new WindowJudge({
    processes: { of: async () => processId },
    evidenceOf: (id) => {
      looked.push(id);
      return { toolkit: toolkitLoaded(['libQt6Widgets.so.6']), holdsTerminal };
    },
    holdsTerminal: (id) => id === 5 && holdsTerminal,
  });
  return { judge, looked };
}

describe('what may be done in a window', () => {
  it('is judged by the process that the display names, not by the one that the window names', async () => {
    const { judge, looked } = judgeWhere({});
    expect(await judge.of(window('a-name-nobody-knows'))).toMatchObject({ paste: 'when-agreed' });
    expect(looked).toEqual([5]);
    expect(await judgeWhere({ processId: null }).judge.of(window('a-name-nobody-knows'))).toMatchObject({
      paste: 'never',
    });
  });

  // A look through all processes would have slowed each call over a browser.
  it('costs no look through the processes at a call where the application was tried', async () => {
    const { judge, looked } = judgeWhere({ holdsTerminal: true });
    expect(await judge.of(window('chromium'))).toMatchObject({ paste: 'yes' });
    expect(looked).toEqual([]);
    expect(await judge.of(window('chromium'), true)).toMatchObject({ paste: 'never', copy: 'never' });
  });

  it('is no key where a terminal is behind it, whatever its name', async () => {
    const open = judgeWhere({ holdsTerminal: true }).judge.requireNoTerminal(window('kate'));
    await expect(open).rejects.toMatchObject({ code: 'put-back/terminal-inside' });
    await expect(judgeWhere({}).judge.requireNoTerminal(window('kate'))).resolves.toBeUndefined();
  });
});
