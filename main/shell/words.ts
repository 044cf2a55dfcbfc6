import type { ExportFormat, ExportWords } from '../../contract/export.ts';
import type { DoneThere } from '../../contract/host.ts';
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
  pickModel(): { readonly title: string; readonly filter: string };
  pickFiles(): { readonly title: string; readonly filter: string; readonly all: string };
  /** Name of a picture that was pasted, which has none. */
  pastedPicture(): string;
  pickAtoms(): { readonly title: string; readonly filter: string; readonly all: string };
  exportAtom(): { readonly title: string; readonly filter: string };
  exportFile(format: ExportFormat): { readonly title: string; readonly filter: string };
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
} as const;

type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

export function createWords(language: 'en' | 'zh-CN'): Words {
  const translator = createTranslator(language);
  const say: Say = (key, values = {}) => translator.t(key, { ns: 'shell', ...values });
  return {
    tray: () => trayWords(say),
    windowTitle: (page) => say('windowTitle', { page: translator.t(`page.${page}`, { ns: 'window' }) }),
    doneThere: (what) => say(`done.${what}`),
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
    permission: (permission) => permissionWords(say, permission),
  };
}

function permissionWords(say: Say, permission: Permission): ReturnType<Words['permission']> {
  const part = `dialog.${permissionParts[permission.kind]}`;
  const { host, address, name } = { host: '', address: '', name: '', ...permission };
  return {
    title: say(`${part}.title`),
    message: say(`${part}.message`, { host: showHiddenInLine(host), name: showHiddenInLine(name).slice(0, 80) }),
    detail: say(`${part}.detail`, { address: showHiddenInLine(address).slice(0, 400) }),
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
