import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the system tells of its cards, without anything being started. */
export interface CardFolders {
  /** One folder a card, each with the vendor's number: `/sys/class/drm`. */
  readonly cards: string;
  /** There while NVIDIA's own driver is: `/proc/driver/nvidia`. */
  readonly nvidia: string;
}

export type GraphicsCard =
  | { readonly status: 'found'; readonly vendor: string }
  | { readonly status: 'none' | 'unknown'; readonly vendor: null };

export const systemCardFolders: CardFolders = { cards: '/sys/class/drm', nvidia: '/proc/driver/nvidia' };

/** By PCI vendor number. A server's or a virtual machine's screen adapter has another one, and computes nothing. */
const vendors: Readonly<Record<string, string>> = { '0x10de': 'NVIDIA', '0x1002': 'AMD', '0x8086': 'Intel' };
/** Where a machine has two, the one that computes faster is named. */
const fastestFirst = ['NVIDIA', 'AMD', 'Intel'];

/** The graphics card of this machine; `unknown` where the system does not tell it by files, as on Windows and macOS. */
export function findGraphicsCard(platform: NodeJS.Platform, folders: CardFolders): GraphicsCard {
  if (platform !== 'linux') return { status: 'unknown', vendor: null };
  const found = new Set(vendorsIn(folders.cards));
  if (existsSync(join(folders.nvidia, 'version'))) found.add('NVIDIA');
  const vendor = fastestFirst.find((name) => found.has(name));
  return vendor === undefined ? { status: 'none', vendor: null } : { status: 'found', vendor };
}

function vendorsIn(folder: string): readonly string[] {
  return namesIn(folder)
    .filter((name) => /^card\d+$/.test(name))
    .flatMap((name) => vendors[readOrEmpty(join(folder, name, 'device', 'vendor'))] ?? []);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A card without a vendor file (a virtual one) is none that could be used. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
