import type { ViewerPlace } from '../../contract/passage.ts';

/** The words that a viewer is started with: `{file}` stands for the path, `{url}` for its address, `{place}` for the number. */
type Words = readonly string[];

export interface ViewerRow {
  /** Names of its program, as entries of menus start it. */
  readonly programs: readonly string[];
  /** Its name among sandboxed applications; left out where there is none. */
  readonly sandboxed?: string;
  /** How it is told each place; a place that is left out it cannot be told. */
  readonly told: Readonly<Partial<Record<ViewerPlace['unit'], Words>>>;
}

const browsers = [
  ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
  ...['microsoft-edge-stable', 'brave-browser', 'brave-browser-stable', 'vivaldi', 'vivaldi-stable', 'firefox'],
  ...['firefox-esr', 'opera'],
];

/** What is known of how viewers and editors are told a place, by their manuals. Whoever is not here is given the file alone. */
export const viewerTable: readonly ViewerRow[] = [
  { programs: ['evince'], sandboxed: 'org.gnome.Evince', told: { page: ['--page-index={place}', '{file}'] } },
  { programs: ['atril', 'xreader'], told: { page: ['--page-index={place}', '{file}'] } },
  { programs: ['okular'], sandboxed: 'org.kde.okular', told: { page: ['--page', '{place}', '{file}'] } },
  { programs: ['zathura'], told: { page: ['--page={place}', '{file}'] } },
  { programs: ['xpdf', 'mupdf', 'mupdf-x11', 'mupdf-gl'], told: { page: ['{file}', '{place}'] } },
  { programs: browsers, told: { page: ['{url}#page={place}'] } },
  { programs: ['mousepad', 'geany'], told: { line: ['--line={place}', '{file}'] } },
  { programs: ['gedit', 'pluma', 'xed', 'emacs', 'gvim'], told: { line: ['+{place}', '{file}'] } },
  { programs: ['kate', 'kwrite'], sandboxed: 'org.kde.kate', told: { line: ['--line', '{place}', '{file}'] } },
  { programs: ['SciTE', 'scite'], told: { line: ['{file}', '-goto:{place}'] } },
  { programs: ['code', 'codium'], told: { line: ['--goto', '{file}:{place}'] } },
];
