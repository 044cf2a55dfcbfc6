import { join } from 'node:path';
import type { ActiveWindow, CaptureAnswer } from '../../contract/desktop.ts';
import type { applicationsRoutes } from '../../contract/routes/applications.ts';
import type { Handlers } from '../../wire/server.ts';
import { ApplicationBook } from '../applications/application-book.ts';
import { BookFile } from '../applications/book-file.ts';
import type { DesktopProcess } from '../desktop/desktop-process.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';
import { personsLanguage } from './persons-language.ts';

/** What was seen of other applications, and the person's word for each. */
export function composeApplications(base: CoreBase, desktop: DesktopProcess) {
  const { host, folders, store, mayWrite } = base;
  // A cli that asks one question sees none.
  const file = host.face === 'app' && mayWrite ? new BookFile(join(folders.profile, 'applications.json')) : null;
  const book = store.add(new ApplicationBook(file));
  const labelOf = ({ label, application }: ActiveWindow) => label?.[personsLanguage(base)] ?? application;
  /** `once`: an application that the person agreed to be asked for a copy this time. */
  const capture = async (once: string | null): Promise<CaptureAnswer> => {
    const answer = await desktop.captureSelection(once === null ? book.agreed : [...book.agreed, once]);
    return book.captured(answer, labelOf);
  };
  const handlers: Handlers<typeof applicationsRoutes> = {
    requests: {
      'application.allow': ({ name }) => nothing(book.allow(name)),
      'application.forbid': ({ name }) => nothing(book.forbid(name)),
      'application.forget': ({ name }) => nothing(book.forget(name)),
    },
    streams: {},
    states: { applications: book.state },
  };
  return { book, capture, labelOf, handlers };
}
