import { expect, it } from 'vitest';
import { resources } from '../../../locales/index.ts';
import { commands } from '../../../renderer/overlay/commands/commands.ts';
import { commandGroups, groupOf } from '../../../renderer/overlay/commands/groups.ts';

it('lists every command under one head, so that no head comes twice under Ctrl+K', () => {
  const heads = commands.map(groupOf).filter((group, at, all) => group !== all[at - 1]);
  expect(heads).toEqual(commandGroups.map(({ name }) => name));
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  for (const language of ['en', 'zh-CN'] as const)
    for (const { name } of commandGroups) expect(resources[language].overlay.keyGroup[name]).not.toBe('');
});
