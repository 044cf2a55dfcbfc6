import { expect, it } from 'vitest';
import { shortTitle } from '../../../renderer/overlay/window-title.ts';

// A chip said “/srv/a/minutes.txt - Mousepad · Mousepad”, of which 200 pixels showed the folders alone.
it.each([
  ['/srv/anna/work/minutes.txt - Mousepad', 'Mousepad', 'minutes.txt'],
  ['*/srv/anna/minutes of June.txt - Mousepad', 'mousepad', '*minutes of June.txt'],
  ['~/会议/记录.md — Kate', 'Kate', '记录.md'],
  ['C:\\Users\\a\\plan.txt - Notepad', 'Notepad', 'plan.txt'],
  ['/srv/anna/ - Thunar', null, 'anna - Thunar'],
  ['Inbox - anna@example.com - Thunderbird', 'Thunderbird', 'Inbox - anna@example.com'],
  ['Mousepad', 'Mousepad', 'Mousepad'],
  ['and/or: a question', null, 'and/or: a question'],
  ['/', null, '/'],
  ['', null, ''],
])('tells %j of %j as %j', (title, application, said) => expect(shortTitle(title, application)).toBe(said));
