import { describe, expect, it } from 'vitest';
import table from '../../../desktop/applications/applications.json' with { type: 'json' };
import { applicationOf, isOwnName, toolkitOf } from '../../../desktop/applications/applications.ts';
import { judge } from '../../../desktop/applications/judge.ts';
import { nothingFound } from '../../../desktop/applications/nothing-found.ts';

const named = (application: string | null) => ({ windowId: '', processId: null, application, title: null });

describe('what is known of applications', () => {
  it('has one row for each name, in small letters as it is looked up', () => {
    const names = [...table.applications, ...table.toolkits].flatMap((row) => row.names);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.filter((name) => name !== name.toLowerCase())).toEqual([]);
  });

  it('lets no key be pressed in a terminal, where keys mean something else, or in a window without a name', () => {
    const closed = ['terminal', 'modal', 'remote'];
    const names = table.applications.filter(({ family }) => closed.includes(family)).flatMap((row) => row.names);
    expect(names.length).toBeGreaterThan(50);
    for (const name of [...names, null, '', ' '])
      for (const evidence of [null, { toolkit: toolkitOf('gtk'), holdsTerminal: false }])
        expect(judge(named(name), evidence)).toMatchObject({ paste: 'never', copy: 'never' });
    expect(applicationOf(named('an-application-nobody-knows'))).toMatchObject({ paste: 'as-seen', copy: 'as-seen' });
  });

  it('knows a name however its letters are written', () => {
    expect(applicationOf(named('LibreOffice-Writer')).family).toBe('office');
    expect(isOwnName('Beckon.exe')).toBe(true);
    expect(isOwnName('beckoning')).toBe(false);
  });

  it('takes a toolkit with its version for the toolkit', () => {
    expect(toolkitOf('gecko 115').writes).toBe('ignored');
    expect(toolkitOf('')).toMatchObject({ writes: 'done', lengths: 'characters' });
  });

  it('tells a terminal that offers nothing from a window where nothing is selected', () => {
    expect(nothingFound(named('Foot')).code).toBe('capture/terminal-protected');
    expect(nothingFound(named('mousepad')).code).toBe('capture/nothing-selected');
    expect(nothingFound(null).code).toBe('capture/nothing-selected');
  });
});
