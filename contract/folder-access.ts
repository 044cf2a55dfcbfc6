import type { FolderAccess } from './profile-rules.ts';

interface FileStats {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

interface StatCall {
  (path: string): FileStats;
  (path: string, options: { readonly throwIfNoEntry: false }): FileStats | undefined;
}

/** The calls of Node's file system that are needed here, by its names. */
export interface FileCalls {
  readonly statSync: StatCall;
  readonly lstatSync: StatCall;
  readonly readdirSync: (path: string) => string[];
  readonly readFileSync: (path: string, encoding: 'utf8') => string;
  readonly readlinkSync: (path: string) => string;
  readonly realpathSync: (path: string) => string;
  readonly chmodSync: (path: string, mode: number) => void;
}

/** Answers what is asked of a profile folder from a real file system; main and core look at it alike, and share no other code. */
export function folderAccess(fs: FileCalls): FolderAccess {
  return {
    look: (path) => {
      const { uid, gid, mode } = fs.statSync(path);
      return { ownerId: uid, groupId: gid, mode };
    },
    accounts: () => {
      try {
        return { users: fs.readFileSync('/etc/passwd', 'utf8'), groups: fs.readFileSync('/etc/group', 'utf8') };
      } catch {
        return null;
      }
    },
    names: (path) => (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ? fs.readdirSync(path) : []),
    ownerOf: (path) => fs.lstatSync(path, { throwIfNoEntry: false })?.uid ?? null,
    realPath: (path) => fs.realpathSync(path),
    linkOf: (path) => (fs.lstatSync(path).isSymbolicLink() ? fs.readlinkSync(path) : null),
    close: (path) => fs.chmodSync(path, 0o700),
  };
}
