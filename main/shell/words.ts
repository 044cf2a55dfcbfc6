import type { BackupContents } from '../../contract/backup.ts';
import type { CardFormat, CardPage, CardPageWords } from '../../contract/card.ts';
import type { ExportFormat, ExportWords } from '../../contract/export.ts';
import type { DoneThere } from '../../contract/host.ts';
import { type CardWords, sayMade } from '../../locales/say-card.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import { createTranslator } from '../../locales/translator.ts';
import type { PermissionWords } from '../electron/ask-person.ts';
import type { LinkWords } from '../electron/links.ts';
import type { Permission } from './page-gate.ts';
import type { TrayWords } from './tray-menu.ts';

/** The words that main itself shows: tray and dialogs. Everything else is said by the pages. */
export interface Words {
  tray(): TrayWords;
  /** Title of the main window on one of its pages. */
  windowTitle(page: string): string;
  /** What was done in another application. */
  doneThere(what: DoneThere['what']): string;
  /** There is something to read about an answer on its way back. */
  waiting(): string;
  pickModel(): { readonly title: string; readonly filter: string };
  pickFiles(): { readonly title: string; readonly filter: string; readonly all: string };
  /** Name of a picture that was pasted, which has none. */
  pastedPicture(): string;
  pickAtoms(): { readonly title: string; readonly filter: string; readonly all: string };
  exportAtom(): { readonly title: string; readonly filter: string };
  exportFile(format: ExportFormat): { readonly title: string; readonly filter: string };
  cardFile(format: CardFormat): { readonly title: string; readonly filter: string };
  /** What a card's page says beside the answer. */
  cardPage(page: CardPage): CardPageWords;
  backupFile(what: 'save' | 'restore'): { readonly title: string; readonly filter: string };
  /** What is asked before a backup takes the place of what is here. */
  restore(contents: BackupContents): PermissionWords;
  receiptsFile(): { readonly title: string; readonly filter: string };
  export(): ExportWords;
  openLink(host: string): LinkWords;
  permission(permission: Permission): PermissionWords;
}

/** Names of what is said of each permission in `locales/`. */
const permissionParts = {
  online: 'goOnline',
  plain: 'goPlain',
  unshown: 'goUnshown',
  clipboard: 'keepClipboard',
  rules: 'lessRules',
  server: 'useServer',
  application: 'useApplication',
  budget: 'spendMore',
  atom: 'changeAction',
  save: 'saveAction',
  key: 'keyForAction',
  add: 'addToFile',
  new: 'newFile',
  notify: 'notify',
  take: 'takeFile',
} as const;

type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

export function createWords(language: 'en' | 'zh-CN'): Words {
  const translator = createTranslator(language);
  const say: Say = (key, values = {}) => translator.t(key, { ns: 'shell', ...values });
  const sayCard: Say = (key, values = {}) => translator.t(key, { ns: 'sharing', ...values });
  return {
    tray: () => trayWords(say),
    windowTitle: (page) => say('windowTitle', { page: translator.t(`page.${page}`, { ns: 'window' }) }),
    doneThere: (what) => say(`done.${what}`),
    waiting: () => say('done.waiting'),
    pickModel: () => ({ title: say('dialog.pickModel.title'), filter: say('dialog.pickModel.filter') }),
    pickFiles: () => ({
      title: say('dialog.pickFiles.title'),
      filter: say('dialog.pickFiles.filter'),
      all: say('dialog.pickFiles.all'),
    }),
    pastedPicture: () => say('pastedPicture'),
    pickAtoms: () => ({
      title: say('dialog.pickAtoms.title'),
      filter: say('dialog.pickAtoms.filter'),
      all: say('dialog.pickFiles.all'),
    }),
    exportAtom: () => ({ title: say('dialog.exportAtom.title'), filter: say('dialog.pickAtoms.filter') }),
    exportFile: (format) => ({ title: say('dialog.export.title'), filter: say(`dialog.export.filter.${format}`) }),
    ...cardAndBackupWords(say, sayCard, language),
    receiptsFile: () => ({ title: say('dialog.receipts.title'), filter: say('dialog.receipts.filter') }),
    export: () => ({
      language,
      all: say('export.all'),
      chat: say('export.chat'),
      question: say('export.question'),
      answer: say('export.answer'),
      stopped: say('export.stopped'),
      cut: say('export.cut'),
      failed: say('export.failed'),
    }),
    openLink: (host) => ({
      title: say('dialog.openLink.title'),
      message: say('dialog.openLink.message', { host }),
      open: say('dialog.openLink.open'),
      cancel: say('dialog.openLink.cancel'),
    }),
    permission: (permission) => permissionWords(say, language, permission),
  };
}

type FileWords = Pick<Words, 'cardFile' | 'cardPage' | 'backupFile' | 'restore'>;

/** Words of files that carry more than a text. */
function cardAndBackupWords(say: Say, sayCard: Say, language: 'en' | 'zh-CN'): FileWords {
  return {
    cardFile: (format) => ({ title: say('dialog.card.title'), filter: say(`dialog.card.filter.${format}`) }),
    cardPage: (page) => ({
      sources: sayCard('card.sources'),
      made: [...sayMade({ language, say: sayCard as CardWords['say'] }, page)],
      use: sayCard(page.holdsAction ? 'card.useFile' : 'card.seeFile'),
    }),
    backupFile: (what) => ({ title: say(`dialog.backup.${what}`), filter: say('dialog.backup.filter') }),
    restore: (contents) => restoreWords(say, contents, language),
  };
}

function restoreWords(
  say: Say,
  { at, version, chats, actions, receipts, hasSettings }: BackupContents,
  language: 'en' | 'zh-CN',
): PermissionWords {
  const counts = { chats: String(chats), actions: String(actions), receipts: String(receipts) };
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
  const detail = [
    say('dialog.restore.holds', { ...counts, version: showHiddenInLine(version) }),
    ...(hasSettings ? [say('dialog.restore.settings')] : []),
    say('dialog.restore.kept'),
  ];
  return {
    title: say('dialog.restore.title'),
    message: say('dialog.restore.message', { when }),
    detail: detail.join('\n\n'),
    agree: say('dialog.restore.agree'),
    cancel: say('dialog.restore.cancel'),
  };
}

const noValues = { host: '', address: '', name: '', accelerator: '', file: '', text: '', newName: '' };

function permissionWords(say: Say, language: 'en' | 'zh-CN', permission: Permission): ReturnType<Words['permission']> {
  const part = `dialog.${permissionParts[permission.kind]}`;
  const { host, address, name, accelerator, file, text, newName } = { ...noValues, ...permission };
  const shown = (value: string, most = 80) => showHiddenInLine(value).slice(0, most);
  const named = { name: shown(typeof name === 'string' ? name : name[language]), file: shown(file) };
  return {
    title: say(`${part}.title`),
    message: say(`${part}.message`, { ...named, host: showHiddenInLine(host), accelerator: shown(accelerator) }),
    detail: say(`${part}.detail`, { address: shown(address, 400), text: shown(text, 300), newName: shown(newName) }),
    agree: say(`${part}.agree`),
    cancel: say(`${part}.cancel`),
  };
}

function trayWords(say: Say): TrayWords {
  return {
    tooltip: say('tray.tooltip'),
    newChat: say('tray.newChat'),
    offline: say('tray.offline'),
    pause: say('tray.pause'),
    model: (name) => say('tray.model', { name: showHiddenInLine(name).slice(0, 60) }),
    noModel: say('tray.noModel'),
    show: say('tray.show'),
    settings: say('tray.settings'),
    quit: say('tray.quit'),
  };
}
