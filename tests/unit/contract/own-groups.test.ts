import { describe, expect, it } from 'vitest';
import { isOwnGroup } from '../../../contract/own-groups.ts';

const me = { id: 1001, trusted: [1001, 0] };
const users = 'root:x:0:0::/root:/bin/sh\nme:x:1001:1001::/home/me:/bin/sh\nother:x:1002:1002::/home/other:/bin/sh';

describe('a group', () => {
  it.each([
    ['is this user’s where nobody else is in it', 'me:x:1001:', 1001, true],
    ['is this user’s where it names them again', 'me:x:1001:me', 1001, true],
    ['is shared once somebody was added to it', 'me:x:1001:other', 1001, false],
    ['is shared where a second line of the same number names somebody', 'me:x:1001:\nalias:x:1001:other', 1001, false],
    ['is another’s that is theirs by the list of users alone', '', 1002, false],
    ['is shared where a name that no list has is in it', 'me:x:1001:me,from-elsewhere', 1001, false],
    ['is read past remarks and lines that are none', '# local\n\n+:::\nme:x:1001:\n', 1001, true],
  ])('%s', (_, groups, groupId, expected) => {
    expect(isOwnGroup(groupId, me, { users, groups })).toBe(expected);
  });

  it('of a directory service, whose members cannot be seen, is theirs who have its number', () => {
    const domain = { id: 70_001, trusted: [70_001, 0] };
    expect(isOwnGroup(70_001, domain, { users, groups: '' })).toBe(true);
    expect(isOwnGroup(70_513, domain, { users, groups: '' })).toBe(false);
    expect(isOwnGroup(70_001, domain, null)).toBe(true);
    expect(isOwnGroup(70_513, domain, null)).toBe(false);
  });

  it('of this machine says nothing about a user of a directory service, who may share it with others', () => {
    const domain = { id: 70_001, trusted: [70_001, 0] };
    expect(isOwnGroup(100, domain, { users, groups: 'users:x:100:' })).toBe(false);
  });
});
