import type { AtomFile } from '../../contract/atom.ts';
import type { Doubt } from '../../contract/sharing.ts';
import { hasUnseen, mixesAlphabets, seenAs } from '../../text/look-alikes.ts';
import { readPattern } from '../steps/patterns.ts';
import { allStepsOf } from '../steps/steps-of.ts';
import type { SharedFile } from './read-shared.ts';
import { fingerprintOf, isSealed } from './seal.ts';

/** An atom that is here; `from` is null for one of Beckon's own. */
export interface Here {
  readonly file: AtomFile;
  readonly from: string | null;
}

type Kind = Doubt['doubt'];

function doubt(kind: Kind, values: Readonly<Record<string, string>> = {}): Doubt {
  return { doubt: kind, values };
}

/** Why a person should look twice before a file is added, the most serious first. */
export async function doubtsOf({ file, unknown }: SharedFile, all: readonly Here[]): Promise<readonly Doubt[]> {
  const here = all.find((one) => one.file.id === file.id) ?? null;
  return [
    ...aboutVersion(file, here),
    ...aboutAuthor(
      file,
      all.filter((one) => one !== here),
    ),
    ...aboutNames(file, all),
    ...(textsOf(file).some(hasUnseen) ? [doubt('hidden-characters')] : []),
    ...unknown.map(({ at, name }) => doubt('unknown-step', { step: String(at + 1), name })),
    ...(unknown.length > 0 ? [] : await aboutPatterns(file)),
    ...((file.examples ?? []).length === 0 ? [doubt('no-examples')] : []),
  ];
}

/** A version by somebody else may be anything, whatever it is called. */
function aboutVersion(file: AtomFile, here: Here | null): readonly Doubt[] {
  if (here === null) return [];
  if (here.from === null)
    return [doubt('replaces-built-in', { name: here.file.name.en, zhName: here.file.name['zh-CN'] })];
  const was = here.file.shared?.by;
  if (was === undefined) return [];
  if (file.shared === undefined) return [doubt('no-longer-signed', { author: was.name })];
  if (file.shared.by.key === was.key) return [];
  return [doubt('other-key', { author: was.name, fingerprint: fingerprintOf(was.key) })];
}

/** Somebody who calls themselves like an author whose atoms are here, with another key. */
function aboutAuthor({ shared }: AtomFile, all: readonly Here[]): readonly Doubt[] {
  if (shared === undefined) return [];
  const { name, key } = shared.by;
  const same = all.find(({ file }) => {
    const other = file.shared?.by;
    return other !== undefined && other.key !== key && seenAs(other.name) === seenAs(name) && isSealed(file);
  })?.file.shared?.by;
  const spoofs = hasUnseen(name) || mixesAlphabets(name) ? [doubt('mixed-scripts', { name })] : [];
  if (same === undefined) return spoofs;
  return [doubt('author-of-another-key', { author: name, fingerprint: fingerprintOf(same.key) }), ...spoofs];
}

function aboutNames(file: AtomFile, all: readonly Here[]): readonly Doubt[] {
  const seen = new Set(namesOf(file).map(seenAs));
  const alike = all.find((one) => one.file.id !== file.id && namesOf(one.file).some((name) => seen.has(seenAs(name))));
  const mixed = namesOf(file).find(mixesAlphabets);
  return [
    ...(alike === undefined
      ? []
      : [doubt('name-of-another', { name: alike.file.name.en, zhName: alike.file.name['zh-CN'], id: alike.file.id })]),
    ...(mixed === undefined ? [] : [doubt('mixed-scripts', { name: mixed })]),
  ];
}

/** All that it is called in a list. */
function namesOf({ name, family }: AtomFile): readonly string[] {
  return [name.en, name['zh-CN'], ...(family === undefined ? [] : [family.name.en, family.name['zh-CN']])];
}

async function aboutPatterns(file: AtomFile): Promise<readonly Doubt[]> {
  const found: Doubt[] = [];
  for (const [at, step] of allStepsOf(file).entries()) {
    if (!('pattern' in step)) continue;
    const isRead = await readPattern(step.pattern).then(
      () => true,
      () => false,
    );
    if (!isRead) found.push(doubt('bad-pattern', { step: String(at + 1), pattern: step.pattern.slice(0, 60) }));
  }
  return found;
}

/** All that a person or a model reads of it. */
function textsOf(file: AtomFile): readonly string[] {
  const { name, hint, family } = file;
  return stringsIn([name, hint, family, allStepsOf(file)]);
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
