import { expect, it } from 'vitest';
import { createWords } from '../../../main/shell/words.ts';

const asked = {
  kind: 'new',
  name: 'Keep as a note',
  file: 'Note {date}.md',
  newName: 'Note 2026-03-09.md',
  text: 'Monday',
} as const;

it.each(['en', 'zh-CN'] as const)(
  'tells of new files by what is agreed to and by the name of the next, in %s',
  (language) => {
    const { message, detail } = createWords(language).permission(asked);
    expect(message).toContain('“Note {date}.md”');
    expect(detail).toContain('“Note 2026-03-09.md”');
    expect(detail).toMatch(/\n\nMonday$/);
  },
);

it('shows what hides in a name or a text, and fills in nothing that stands in them', () => {
  const { message, detail } = createWords('en').permission({
    ...asked,
    ...{ name: 'A\u202eB', newName: 'x\u200b.md', text: '{{newName}} {{text}}' },
  });
  expect(message + detail).not.toMatch(/[\u202e\u200b]/);
  expect(detail).toMatch(/\n\n\{\{newName\}\} \{\{text\}\}$/);
});
