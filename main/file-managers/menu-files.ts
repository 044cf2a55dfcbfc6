import { quotedCommand } from '../shell/desktop-entry.ts';
import { askWord } from './asked-files.ts';

/** A file that has a file manager offer “Ask Beckon”, below a folder of data (`~/.local/share`, `/usr/share`). */
export interface MenuFile {
  readonly path: string;
  readonly text: string;
  /** Some run only what is marked as a program. */
  readonly runs: boolean;
}

const names = ['Name=Ask Beckon', 'Name[zh_CN]=用 Beckon 提问'] as const;

/** Types of what is read; any other file is read by its content, too, where a menu has no types. */
const types = [
  ...['application/pdf', 'application/rtf', 'application/epub+zip', 'application/zip', 'application/json'],
  ...['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint', 'application/vnd.ms-outlook'],
  ...['wordprocessingml.document', 'spreadsheetml.sheet', 'presentationml.presentation'].map(
    (part) => `application/vnd.openxmlformats-officedocument.${part}`,
  ),
  ...['text', 'spreadsheet', 'presentation'].map((part) => `application/vnd.oasis.opendocument.${part}`),
  ...['application/x-subrip', 'message/rfc822', 'text/plain', 'text/csv', 'text/tab-separated-values', 'text/html'],
  ...['text/markdown', 'text/vtt', 'image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/tiff'],
];

/**
 * Entries of the menus of file managers: “Open with” of all of them (a menu of applications does not show it), what Thunar sends
 * to, actions of PCManFM and Caja, of Nemo, and of Dolphin. The command's words are each given as they are; nothing goes through a shell.
 */
export function menuFiles(command: readonly string[], icon: string): readonly MenuFile[] {
  const exec = `Exec=${quotedCommand([...command, askWord])} %F`;
  const shown = [...names, `Icon=${icon}`];
  const tried = `TryExec=${(command[0] ?? '').replaceAll('\\', '\\\\')}`;
  const application = ['[Desktop Entry]', 'Type=Application', ...shown, tried, exec];
  const about = 'Comment=Asks a model on this machine about these files';
  const aboutZh = 'Comment[zh_CN]=就这些文件向本机模型提问';
  return [
    file('applications/beckon-ask.desktop', [
      ...[...application, about, aboutZh, `MimeType=${types.join(';')};`],
      ...['NoDisplay=true', 'Terminal=false', 'StartupNotify=false', 'StartupWMClass=beckon'],
    ]),
    file('Thunar/sendto/beckon-ask.desktop', [...application, 'Terminal=false', 'StartupNotify=false']),
    file('file-manager/actions/beckon-ask.desktop', [
      ...['[Desktop Entry]', 'Type=Action', ...shown, 'Profiles=files;', ''],
      ...['[X-Action-Profile files]', 'MimeTypes=all/allfiles;', exec],
    ]),
    file('nemo/actions/beckon-ask.nemo_action', [
      ...['[Nemo Action]', 'Active=true', ...names, aboutZh, about, `Icon-Name=${icon}`],
      ...['Selection=notnone', 'Extensions=nodirs;', exec],
    ]),
    file(
      'kio/servicemenus/beckon-ask.desktop',
      [
        ...['[Desktop Entry]', 'Type=Service', 'MimeType=application/octet-stream;', 'Actions=ask;', ''],
        ...['[Desktop Action ask]', ...shown, exec],
      ],
      true,
    ),
  ];
}

function file(path: string, lines: readonly string[], runs = false): MenuFile {
  return { path, text: `${lines.join('\n')}\n`, runs };
}
