import type { ErrorCode } from './errors.ts';
import { type AccountLists, isOwnGroup } from './own-groups.ts';

/** What decides where the profile is. */
export interface ProfileSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Asked only where no variable names a folder. */
  readonly home: () => string;
}

/** The profile folder; relative only where the person named it so. An empty variable is one that is not set. */
export function profilePlace({ env, platform, home }: ProfileSurroundings): string {
  if (env['BECKON_PROFILE']) return env['BECKON_PROFILE'];
  if (platform === 'win32') return `${env['APPDATA'] || `${home()}\\AppData\\Roaming`}\\beckon`;
  if (platform === 'darwin') return `${home()}/Library/Application Support/beckon`;
  return `${absolute(env['XDG_CONFIG_HOME']) ?? `${home()}/.config`}/beckon`;
}

/** A folder variable of the XDG base directories: a relative one counts as not set, as that specification says. */
export function absolute(folder: string | undefined): string | null {
  return folder?.startsWith('/') ? folder.replace(/(?<=.)\/+$/, '') : null;
}

/** Files that only Beckon makes, of which any tells that the folder is a profile. */
const signs = ['beckon.db', 'core.lock', 'settings.json', 'atoms', 'chromium', 'SingletonLock'];
/** What may be there before any of these is, while the first core starts. */
const beginnings = ['logs', 'code-cache', 'core.sock', 'core.token', 'start.lock', 'models', 'Crashpad', 'lost+found'];

/** Folders in a profile of which what lies in them is read as the person's. */
const readFolders = ['atoms', 'backups', 'code-cache', 'logs'];

/** SQLite and what is renamed into place have a second file beside the first for a moment. */
function mayBegin(name: string): boolean {
  return beginnings.includes(name.replace(/(-journal|-wal|-shm|\.new)$/, '')) || /^(Singleton|piped-)/.test(name);
}

/** What is asked of the file system; each throws what that throws. */
export interface FolderAccess {
  /** Permission bits as chmod takes them. */
  readonly look: (path: string) => { readonly ownerId: number; readonly groupId: number; readonly mode: number };
  /** Asked only where a group may write. */
  readonly accounts: () => AccountLists | null;
  /** None of what is no folder. */
  readonly names: (path: string) => readonly string[];
  /** Answers who owns what lies at a path, for a link the link itself; null for what is gone. */
  readonly ownerOf: (path: string) => number | null;
  readonly realPath: (path: string) => string;
  /** Answers what the link at a path says, absolute or from its folder; null for what is no link. */
  readonly linkOf: (path: string) => string | null;
  /** Takes all rights of others away. */
  readonly close: (path: string) => void;
}

const groupWrites = 0o020;
const othersWrite = 0o002;
const anybodyElse = 0o077;
const sticky = 0o1000;

/**
 * Why a folder (an absolute path) cannot be a profile; null when it can, closed to everybody else then. What others could
 * write to may hold what they planted, so it is refused and not mended; the same where they can put a folder in its place.
 */
export function whyNoProfile(folder: string, access: FolderAccess, userId: number): ErrorCode | null {
  const ways = waysTo(folder, access);
  // Root's folders are nobody's in a user namespace, where the first of them tells by whose name they go.
  const trusted = [userId, 0, access.look('/').ownerId];
  const above = new Set(ways.flatMap(foldersAbove));
  if ([...above].some((path) => letsOthersReplace(path, access, trusted))) return 'profile/others-can-write';
  // Whoever owns a link may lead it elsewhere at any time, also in a folder where nobody else may take it away.
  const links = ways.filter((path) => access.linkOf(path) !== null).map((path) => access.ownerOf(path));
  if (links.some((owner) => owner === null || !trusted.includes(owner))) return 'profile/others-can-write';
  const why = judge(folder, access, trusted);
  if (why !== null || (access.look(folder).mode & anybodyElse) === 0) return why;
  access.close(folder);
  // Somebody may have put something in before that.
  return judge(folder, access, trusted);
}

function judge(folder: string, access: FolderAccess, trusted: readonly number[]): ErrorCode | null {
  const { ownerId, mode } = access.look(folder);
  if (ownerId !== trusted[0]) return 'profile/not-yours';
  const names = access.names(folder);
  const openTo = names.length === 0 ? othersWrite : othersWrite | groupWrites;
  if ((mode & openTo) !== 0) return 'profile/others-can-write';
  // What another user put there would be read as this one's, and one who has it open reads along.
  const inside = readFolders
    .filter((name) => names.includes(name))
    .flatMap((name) => access.names(`${folder}/${name}`).map((inner) => `${name}/${inner}`));
  const owners = [...names, ...inside].map((name) => access.ownerOf(`${folder}/${name}`));
  if (owners.some((owner) => owner !== null && !trusted.includes(owner))) return 'profile/others-things';
  const isProfile = names.some((name) => signs.includes(name)) || names.every(mayBegin);
  return isProfile ? null : 'profile/other-things';
}

/** Whether somebody else can put another folder in the place of one that lies in this one. */
function letsOthersReplace(path: string, access: FolderAccess, trusted: readonly number[]): boolean {
  const { ownerId, groupId, mode } = access.look(path);
  if (!trusted.includes(ownerId)) return true;
  if ((mode & sticky) !== 0 || (mode & (othersWrite | groupWrites)) === 0) return false;
  const [id = ownerId] = trusted;
  return (mode & othersWrite) !== 0 || !isOwnGroup(groupId, { id, trusted }, access.accounts());
}

/** Every path that is gone through to a folder: its own with all above it, and the same for what each link there leads to. */
function waysTo(path: string, access: FolderAccess, known = new Set<string>()): string[] {
  for (const place of [...foldersAbove(path).reverse(), path]) {
    if (known.has(place) || place === '/') continue;
    known.add(place);
    const target = access.linkOf(place);
    if (target === null) continue;
    const from = access.realPath(place.slice(0, place.lastIndexOf('/')) || '/');
    waysTo(target.startsWith('/') ? target : `${from}/${target}`, access, known);
  }
  return [...known];
}

function foldersAbove(path: string): string[] {
  const end = path.lastIndexOf('/');
  if (end < 0 || path === '/') return [];
  const above = path.slice(0, end) || '/';
  return [above, ...foldersAbove(above)];
}
