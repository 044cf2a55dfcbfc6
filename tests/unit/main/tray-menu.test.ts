import { expect, it } from 'vitest';
import { type TrayActions, type TrayState, trayMenu } from '../../../main/shell/tray-menu.ts';
import { createWords } from '../../../main/shell/words.ts';

const state: TrayState = { offline: false, paused: false, model: 'Qwen2.5 1.5B' };

function menu(shown: TrayState, language: 'en' | 'zh-CN' = 'en') {
  const done: string[] = [];
  const note = (name: keyof TrayActions) => (value?: boolean) => void done.push([name, value].join(' ').trim());
  const actions: TrayActions = {
    newChat: note('newChat'),
    setOffline: note('setOffline'),
    pause: note('pause'),
    models: note('models'),
    show: note('show'),
    settings: note('settings'),
    quit: note('quit'),
  };
  const items = trayMenu(createWords(language).tray(), shown, actions);
  return { items, done, labels: items.flatMap((item) => ('label' in item ? [item.label] : [])) };
}

it('lists what can be done without a window, in both languages', () => {
  expect(menu(state).labels).toEqual([
    'New chat',
    'Open Beckon',
    'Model: Qwen2.5 1.5B',
    'Offline lock',
    'Pause the shortcut',
    'Settings',
    'Quit',
  ]);
  expect(menu({ ...state, model: null }, 'zh-CN').labels).toContain('选择模型');
});

it('ticks what is on, and asks for the other at a click', () => {
  for (const on of [false, true]) {
    const { items, done } = menu({ ...state, offline: on, paused: on });
    const boxes = items.filter((item) => 'checked' in item);
    expect(boxes.map(({ checked }) => checked)).toEqual([on, on]);
    for (const box of boxes) box.click();
    expect(done).toEqual([`setOffline ${!on}`, `pause ${!on}`]);
  }
});

// A server's list of models is another's text.
it('shows the name of a model as it is, whatever it holds, and bounded', () => {
  const { labels } = menu({ ...state, model: `a\u202eb\n${'x'.repeat(500)}` });
  const label = labels.find((one) => one.startsWith('Model:')) ?? '';
  expect(label.length).toBeLessThan(80);
  expect(label).not.toMatch(/[\u202e\n]/u);
});
