import { describe, expect, it } from 'vitest';
import { type FolderAccess, profilePlace, whyNoProfile } from '../../../contract/profile-rules.ts';

const me = 1001;

/** As Debian, Ubuntu and Fedora make them: each user has a private group. */
const lists = {
  users: 'root:x:0:0::/root:/bin/sh\nme:x:1001:1002::/homes/me:/bin/sh\nother:x:1003:1004::/homes/other:/bin/sh\n',
  groups: 'root:x:0:\nme:x:1002:\nother:x:1004:\nteam:x:1005:me,other\nempty:x:1006:\nwide:x:1007:root,me\n',
};

interface Folder {
  readonly ownerId?: number;
  readonly groupId?: number;
  readonly mode: number;
  readonly names?: readonly string[];
  /** Of what lies in it and is not this user's. */
  readonly owners?: Readonly<Record<string, number>>;
}

/** Folders of a made-up machine; what is not named is a root's folder that only root writes to. */
function machine(folders: Readonly<Record<string, Folder>>, links: Readonly<Record<string, string>> = {}) {
  const modes = new Map(Object.entries(folders).map(([path, { mode }]) => [path, mode]));
  const closed: string[] = [];
  const access: FolderAccess = {
    look: (path) => {
      const real = links[path] ?? path;
      return {
        ownerId: folders[real] === undefined ? 0 : (folders[real].ownerId ?? me),
        groupId: folders[real]?.groupId ?? 0,
        mode: modes.get(real) ?? 0o755,
      };
    },
    accounts: () => lists,
    names: (path) => folders[links[path] ?? path]?.names ?? [],
    ownerOf: (path) => {
      const end = path.lastIndexOf('/');
      const folder = folders[links[path.slice(0, end)] ?? path.slice(0, end)];
      return folder?.owners?.[path.slice(end + 1)] ?? me;
    },
    realPath: (path) => links[path] ?? path,
    linkOf: (path) => links[path] ?? null,
    close: (path) => {
      closed.push(path);
      modes.set(links[path] ?? path, 0o700);
    },
  };
  return { access, closed };
}

describe('a profile folder', () => {
  // Another user switched a link in a shared folder while Beckon started: chats and token went where they could write.
  it('is refused where a link on the way to it is another user’s, however far up and however many lead on', () => {
    const own = { '/homes/me/beckon': { mode: 0o700, names: ['beckon.db'] } };
    const why = (owners: Readonly<Record<string, number>>, links: Readonly<Record<string, string>>) => {
      const shared = { mode: 0o1777, ownerId: 0, names: [], owners };
      return whyNoProfile('/tmp/way/beckon', machine({ ...own, '/tmp': shared }, links).access, me);
    };
    const real = { '/tmp/way/beckon': '/homes/me/beckon' };
    expect(why({ way: me }, { ...real, '/tmp/way': '/homes/me' })).toBeNull();
    expect(why({ way: 0 }, { ...real, '/tmp/way': '/homes/me' })).toBeNull();
    expect(why({ way: 65534 }, { ...real, '/tmp/way': '/homes/me' })).toBe('profile/others-can-write');
    const twice = { ...real, '/tmp/way': '/tmp/second', '/tmp/second': '/homes/me' };
    expect(why({ way: me, second: me }, twice)).toBeNull();
    expect(why({ way: me, second: 65534 }, twice)).toBe('profile/others-can-write');
    const round = { ...real, '/tmp/way': 'second', '/tmp/second': 'way' };
    expect(why({ way: me, second: me }, round)).toBeNull();
  });

  it('is refused where another user owns it, can write to it, or can put another one in its place', () => {
    const cases: readonly (readonly [string, Folder, string | null])[] = [
      ['one of its own', { mode: 0o700, names: ['beckon.db'] }, null],
      ['an empty one that others may read', { mode: 0o755 }, null],
      ['an empty one that the group may write to', { mode: 0o775 }, null],
      ['one of its own that others may read', { mode: 0o755, names: ['settings.json'] }, null],
      ['one that was begun and never finished', { mode: 0o700, names: ['logs', 'code-cache'] }, null],
      ['one whose first core is starting', { mode: 0o700, names: ['logs', 'start.lock', 'start.lock-journal'] }, null],
      [
        'one where another user has put settings',
        { mode: 0o700, names: ['beckon.db', 'settings.json'], owners: { 'settings.json': 65534 } },
        'profile/others-things',
      ],
      ['one where root has run once', { mode: 0o700, names: ['beckon.db', 'logs'], owners: { logs: 0 } }, null],
      ['another user’s', { mode: 0o700, ownerId: 65534, names: [] }, 'profile/not-yours'],
      ['root’s', { mode: 0o755, ownerId: 0, names: ['beckon.db'] }, 'profile/not-yours'],
      ['an empty one that everybody may write to', { mode: 0o777 }, 'profile/others-can-write'],
      ['a shared temporary folder', { mode: 0o1777 }, 'profile/others-can-write'],
      ['a used one that the group may write to', { mode: 0o770, names: ['beckon.db'] }, 'profile/others-can-write'],
      ['a used one that everybody may write to', { mode: 0o707, names: ['core.lock'] }, 'profile/others-can-write'],
      ['a folder of documents', { mode: 0o755, names: ['letter.odt', 'photos'] }, 'profile/other-things'],
      ['a closed folder of documents', { mode: 0o700, names: ['letter.odt', 'logs'] }, 'profile/other-things'],
      ['a home', { mode: 0o700, names: ['.bashrc', '.config'] }, 'profile/other-things'],
    ];
    for (const [what, folder, expected] of cases) {
      const { access } = machine({ '/homes/me/beckon': folder });
      expect({ what, why: whyNoProfile('/homes/me/beckon', access, me) }).toEqual({ what, why: expected });
    }
  });

  it('is refused where something of another user lies in a folder that is read from it: after a chmod it was read', () => {
    for (const name of ['atoms', 'backups', 'logs', 'code-cache']) {
      const own = { mode: 0o700, names: ['beckon.db', name] };
      const planted = { mode: 0o700, names: ['mine', 'planted'], owners: { planted: 65534 } };
      const { access } = machine({ '/homes/me/beckon': own, [`/homes/me/beckon/${name}`]: planted });
      expect({ name, why: whyNoProfile('/homes/me/beckon', access, me) }).toEqual({
        name,
        why: 'profile/others-things',
      });
    }
  });

  it('is closed to others only when it is Beckon’s own or empty, so that no other folder is changed', () => {
    for (const [names, mode, closes] of [
      [['beckon.db'], 0o755, true],
      [[], 0o750, true],
      [['letter.odt'], 0o755, false],
      [[], 0o777, false],
    ] as const) {
      const { access, closed } = machine({ '/srv/it': { mode, names } });
      whyNoProfile('/srv/it', access, me);
      expect(closed).toEqual(closes ? ['/srv/it'] : []);
    }
  });

  it('is judged with every folder above it, on the way that was named and on the one that links lead to', () => {
    const own = { mode: 0o700, names: ['beckon.db'] };
    const why = (folders: Record<string, Folder>, links = {}) =>
      whyNoProfile(
        '/shared/me/beckon',
        machine({ '/shared/me/beckon': own, '/real/beckon': own, ...folders }, links).access,
        me,
      );
    expect(why({ '/shared': { mode: 0o777, ownerId: 0 } })).toBe('profile/others-can-write');
    expect(why({ '/shared': { mode: 0o1777, ownerId: 0 } })).toBeNull();
    expect(why({ '/': { mode: 0o777, ownerId: 0 } })).toBe('profile/others-can-write');
    expect(why({ '/shared': { mode: 0o755, ownerId: 1002 } })).toBe('profile/others-can-write');
    expect(why({ '/shared': { mode: 0o755, ownerId: me } })).toBeNull();
    // In a user namespace root's folders are nobody's.
    expect(why({ '/': { mode: 0o755, ownerId: 65534 }, '/shared': { mode: 0o755, ownerId: 65534 } })).toBeNull();
    const links = { '/shared/me/beckon': '/real/beckon' };
    expect(why({ '/real': { mode: 0o757, ownerId: 0 } }, links)).toBe('profile/others-can-write');
    expect(why({}, links)).toBeNull();
  });

  // A member of the group swapped the profile for a folder of theirs, and chats, socket and token were made there.
  it('is refused below a folder that another user’s group may write to, and not below a home of umask 002', () => {
    const own = { mode: 0o700, names: ['beckon.db'] };
    const why = (above: Folder) =>
      whyNoProfile('/homes/me/beckon', machine({ '/homes/me': above, '/homes/me/beckon': own }).access, me);
    const cases: readonly (readonly [string, Folder, string | null])[] = [
      ['the private group of this user', { mode: 0o775, groupId: 1002 }, null],
      ['the private group, below which new files are of it too', { mode: 0o2775, groupId: 1002 }, null],
      ['a group of root and this user', { mode: 0o775, groupId: 1007 }, null],
      ['a group of nobody', { mode: 0o2775, groupId: 1006, ownerId: 0 }, null],
      ['root’s group', { mode: 0o775, groupId: 0, ownerId: 0 }, null],
      ['the private group of another user', { mode: 0o770, groupId: 1004 }, 'profile/others-can-write'],
      ['a group with another user in it', { mode: 0o775, groupId: 1005 }, 'profile/others-can-write'],
      [
        'a group with another user in it, of root’s folder',
        { mode: 0o775, groupId: 1005, ownerId: 0 },
        'profile/others-can-write',
      ],
      ['a group that is in no list', { mode: 0o775, groupId: 4711 }, 'profile/others-can-write'],
      ['a group with another user in it, where each may move their own alone', { mode: 0o1775, groupId: 1005 }, null],
      ['a group with another user in it that may only read', { mode: 0o750, groupId: 1005 }, null],
    ];
    for (const [what, folder, expected] of cases) expect({ what, why: why(folder) }).toEqual({ what, why: expected });
  });

  it('is found by variables that say something: an empty or relative one is one that is not set', () => {
    const place = (env: Record<string, string>, platform = 'linux') =>
      profilePlace({ env, platform, home: () => '/homes/me' });
    expect(place({ BECKON_PROFILE: '' })).toBe('/homes/me/.config/beckon');
    expect(place({ BECKON_PROFILE: '', XDG_CONFIG_HOME: '' })).toBe('/homes/me/.config/beckon');
    expect(place({ XDG_CONFIG_HOME: 'config' })).toBe('/homes/me/.config/beckon');
    expect(place({ XDG_CONFIG_HOME: '/srv/config/' })).toBe('/srv/config/beckon');
    expect(place({ XDG_CONFIG_HOME: '/' })).toBe('//beckon');
    expect(place({ BECKON_PROFILE: 'mine', XDG_CONFIG_HOME: '/srv' })).toBe('mine');
    expect(place({ XDG_CONFIG_HOME: '/srv' }, 'darwin')).toBe('/homes/me/Library/Application Support/beckon');
    expect(place({ APPDATA: '' }, 'win32')).toBe('/homes/me\\AppData\\Roaming\\beckon');
  });
});
