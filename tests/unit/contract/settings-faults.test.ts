import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../contract/settings.ts';
import { unreadServers } from '../../../contract/settings-faults.ts';

const good = { id: 'a', address: 'http://127.0.0.1:1/v1', label: 'Mine', models: ['m'], keyKept: 'none' };

describe('a server of the settings file', () => {
  it('takes none of the others along when it is mistyped', () => {
    const { settings, badKeys } = readSettings({ servers: [{ ...good, keyKept: 'nowhere' }, good, null, 7] });
    expect(settings.servers).toEqual([good]);
    expect(badKeys).toEqual(['servers']);
  });

  it.each<[string, unknown, string, string]>([
    ['a name that is mistyped', { ...good, adress: 'x' }, 'Mine', 'adress'],
    ['a field that is missing', { ...good, models: undefined }, 'Mine', 'models'],
    ['a field of another kind', { ...good, models: 'm' }, 'Mine', 'models'],
    ['no label', { ...good, label: '', keyKept: 'x' }, good.address, 'keyKept'],
    ['nothing that names it', {}, '1', 'id'],
    ['no object', 'http://127.0.0.1:1/v1', '1', 'servers'],
    ['null', null, '1', 'servers'],
  ])('is named with what of it is wrong: %s', (_what, server, name, field) => {
    expect(unreadServers({ servers: [server] })).toEqual([{ server: name, field }]);
  });

  it('is not named where it is right, or where there is none', () => {
    for (const raw of [{ servers: [good] }, { servers: [] }, {}, null, 'x']) expect(unreadServers(raw)).toEqual([]);
    expect(unreadServers({ servers: 'x' })).toEqual([{ server: 'servers', field: 'servers' }]);
  });
});
