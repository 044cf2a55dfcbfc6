import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import config from '../../vitest.config.ts';
import { root } from './source-files.ts';

interface Project {
  readonly test: { readonly name: string; readonly include: readonly string[]; readonly exclude: readonly string[] };
}

const projects = (config.test?.projects ?? []) as readonly Project[];

function filesOf({ test: { include, exclude } }: Project): readonly string[] {
  const out = new Set(exclude.flatMap((pattern) => globSync(pattern, { cwd: root })));
  return include.flatMap((pattern) => globSync(pattern, { cwd: root })).filter((path) => !out.has(path));
}

describe('projects of tests', () => {
  it('name files that are there', () => {
    const named = projects
      .flatMap(({ test }) => [...test.include, ...test.exclude])
      .filter((one) => !one.includes('*'));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('have each file of tests in exactly one of them', () => {
    const all = globSync('tests/{unit,arch,contract,integration,e2e,soak}/**/*.test.{ts,tsx}', { cwd: root });
    const had = projects.flatMap(filesOf);
    expect(had.toSorted()).toEqual(all.toSorted());
  });
});
