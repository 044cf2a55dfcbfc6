import { join } from 'node:path';
import type { UsedAction } from '../../contract/atom.ts';
import { AppError } from '../../contract/errors.ts';
import type { grantsRoutes } from '../../contract/routes/grants.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Deeds } from '../answers/deeds.ts';
import { Grants } from '../permissions/grants.ts';
import { noteNameOf, writeNewNote } from '../permissions/new-note.ts';
import { addToNotes } from '../permissions/notes.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';
import { personsLanguage } from './persons-language.ts';

/** What the steps of actions do outside of Beckon: main asks the person, and what they agreed to is kept here. */
export function composeDeeds(base: CoreBase) {
  const { host, folders } = base;
  const grants = new Grants(join(folders.profile, 'grants.json'));
  const notes = join(folders.profile, 'notes');
  const ask = oneQuestionAtATime();
  const { mayWrite, mayNotify } = agreements(base, grants, ask);
  const deedsOf = (action: UsedAction): Deeds => ({
    openLink: async (url, step) => {
      const { openLink } = host;
      if (openLink === undefined) throw onlyInApp(step);
      return ask(() => openLink(url));
    },
    append: async (file, text, asks, step) => {
      if (!(await mayWrite(action, { file, text }, asks, step))) return false;
      addToNotes(notes, file, text, step);
      return true;
    },
    create: async (file, text, asks, step) => {
      const newName = noteNameOf(file, new Date());
      if (!(await mayWrite(action, { file, text, newName }, asks, step))) return false;
      writeNewNote(notes, newName, text, step);
      return true;
    },
    notify: async (text, asks, step) => {
      const { notify } = host;
      if (notify === undefined) throw onlyInApp(step);
      if (!(await mayNotify(action, text, asks, step))) return false;
      if (await notify({ name: action.name[personsLanguage(base)], text: beginning(text) })) return true;
      throw new AppError('step/not-notified', 'the system showed none', { values: { step } });
    },
  });
  const handlers: Handlers<typeof grantsRoutes> = {
    requests: { 'grant.takeBack': ({ id }) => nothing(grants.takeBack(id)) },
    streams: {},
    states: { grants: grants.state },
  };
  return { deedsOf, handlers };
}

/** What is asked about the first time, for an action as it is, or each time where `asks` says so. */
function agreements(base: CoreBase, grants: Grants, ask: AskOne) {
  const { agreeToAdd, agreeToNotify } = base.host;
  const nameOf = (action: UsedAction) => action.name[personsLanguage(base)];
  const unlessGiven = async (action: UsedAction, file: string | null, asks: boolean, question: AskPerson) => {
    if (!asks && grants.has(action, file)) return true;
    const isAgreed = await ask(question);
    if (isAgreed && !asks) grants.give(action, file);
    return isAgreed;
  };
  return {
    mayWrite: (action: UsedAction, { file, text, newName }: Written, asks: boolean, step: number) =>
      unlessGiven(action, file, asks, () => {
        if (agreeToAdd === undefined) throw onlyInApp(step);
        const what = { name: nameOf(action), file, text: beginning(text) };
        return agreeToAdd(newName === undefined ? what : { ...what, newName });
      }),
    mayNotify: (action: UsedAction, text: string, asks: boolean, step: number) =>
      unlessGiven(action, null, asks, () => {
        if (agreeToNotify === undefined) throw onlyInApp(step);
        return agreeToNotify({ name: nameOf(action), text: beginning(text) });
      }),
  };
}

type AskPerson = () => Promise<boolean>;
type AskOne = (question: AskPerson) => Promise<boolean>;

/** Asks one question at a time: who asks while another is open is not agreed to. */
function oneQuestionAtATime(): AskOne {
  let isAsking = false;
  return async (question) => {
    if (isAsking) return false;
    isAsking = true;
    try {
      return await question();
    } finally {
      isAsking = false;
    }
  };
}

/** What is to be written; with a name where it is into a file that is not there yet. */
interface Written {
  readonly file: string;
  readonly text: string;
  readonly newName?: string;
}

function onlyInApp(step: number): AppError {
  return new AppError('step/only-in-app', 'nobody is there to be asked', { values: { step } });
}

/** As much of a text as a question shows. */
function beginning(text: string): string {
  return text.slice(0, 300).toWellFormed();
}
