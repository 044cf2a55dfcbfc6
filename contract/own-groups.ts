/** The texts of the system's own lists of users and groups (passwd and group); null where they cannot be read. */
export interface AccountLists {
  readonly users: string;
  readonly groups: string;
}

/** Whom a person trusts with what is theirs: themselves and root. */
export interface TrustedUser {
  readonly id: number;
  readonly trusted: readonly number[];
}

/**
 * Whether nobody but the user and root is in a group, as in the private group that Debian, Ubuntu and Fedora make for each user,
 * whose members may write to what is made with a umask of 002. Root's own group has whom root put there. Members that a
 * directory service alone knows cannot be seen: of users or groups it keeps, a group is theirs that has their number.
 */
export function isOwnGroup(groupId: number, { id, trusted }: TrustedUser, lists: AccountLists | null): boolean {
  if (groupId === 0) return true;
  if (lists === null) return groupId === id;
  const users = linesOf(lists.users).map(([name, , userId, primary]) => ({ name, id: Number(userId), primary }));
  const groups = linesOf(lists.groups).filter(([, , number]) => number === String(groupId));
  const named = groups.flatMap(([, , , names = '']) => names.split(',').filter((name) => name !== ''));
  const idsOf = (name: string) => users.filter((user) => user.name === name).map((user) => user.id);
  // A name that no user in the list has is somebody from elsewhere.
  const members = named.flatMap((name) => (idsOf(name).length > 0 ? idsOf(name) : [null]));
  const byFirst = users.filter(({ primary }) => primary === String(groupId)).map((user) => user.id);
  if ([...members, ...byFirst].some((member) => member === null || !trusted.includes(member))) return false;
  const isListed = groups.length > 0 && users.some((user) => user.id === id);
  return isListed || groupId === id;
}

function linesOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(':'));
}
