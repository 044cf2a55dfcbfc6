import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { readSettings, type Settings } from '../../contract/settings.ts';
import { parseSettings } from '../../contract/settings-text.ts';
import { Atoms } from '../../core/atoms/atoms.ts';
import { knownNames } from '../../core/models/known-names.ts';
import { type Folders, openFolders } from '../../core/profile/folders.ts';
import { formatBytes } from '../../locales/format.ts';
import type { Env } from '../session.ts';
import { mostChats, type Offer } from './offer.ts';

/** What files alone tell, where no core runs that could be asked. */
export function offersAtRest(kind: string, env: Env): readonly Offer[] {
  const folders = openFolders(env);
  if (kind === 'model')
    return knownNames(readSettingsOf(folders), folders.models).map(({ name, bytes }) => ({
      word: name,
      about: bytes === null ? '' : formatBytes(bytes),
    }));
  if (kind === 'server')
    return readSettingsOf(folders).servers.map(({ label, address }) => ({
      word: label || hostOf(address),
      about: address,
    }));
  if (kind === 'action') return actions(folders);
  return kind === 'chat' ? chats(folders) : [];
}

function readSettingsOf({ profile }: Folders): Settings {
  try {
    return readSettings(parseSettings(readFileSync(join(profile, 'settings.json'), 'utf8'))).settings;
  } catch {
    return readSettings({}).settings;
  }
}

function actions({ atoms: folder }: Folders): readonly Offer[] {
  const atoms = new Atoms(folder, () => new Map());
  atoms.refresh();
  return atoms.state.value.atoms.map(({ id, name }) => ({
    word: id,
    about: typeof name === 'string' ? name : name.en,
  }));
}

/** Opened as a file that nobody changes: nothing is locked or written for it, and what was not moved into it yet is missing. */
function chats({ database: path }: Folders): readonly Offer[] {
  const database = new DatabaseSync(new URL(`${pathToFileURL(path).href}?immutable=1`), { readOnly: true });
  try {
    return database
      .prepare('SELECT id, title FROM conversations WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT ?')
      .all(mostChats)
      .map(({ id, title }) => ({ word: String(id), about: String(title) }));
  } finally {
    database.close();
  }
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
