import * as z from 'zod';
import { clipDaysLimit, clipItemsLimit } from './clips.ts';
import type { PageAccess } from './define.ts';
import { currencySchema } from './price.ts';
import type { Shape } from './shape.ts';

/** One server as the settings file keeps it; its key is kept apart (key store). */
export const serverSettingSchema = z.strictObject({
  id: z.string().min(1).max(120),
  address: z.string().max(2000),
  label: z.string().max(200),
  models: z.array(z.string().max(300)).max(500),
  keyKept: z.enum(['none', 'key-store', 'passphrase', 'until-quit', 'environment']),
  /** The provider that it was added as, whose protocol, errors and prices it has; none for a server of one's own. */
  provider: z.string().max(60).optional(),
  region: z.string().max(60).optional(),
  /** Shares its work with the others of the person's own that share and serve a model of the same name. */
  shares: z.boolean().optional(),
});
export type ServerSetting = Shape<typeof serverSettingSchema>;

/** What a person lets models elsewhere cost. */
export const budgetSettingSchema = z.strictObject({
  currency: currencySchema,
  /** In that currency; null is no limit. Days and months are those of this machine's clock. */
  day: z.number().positive().max(1_000_000).nullable(),
  month: z.number().positive().max(1_000_000).nullable(),
  /** What is charged in the other currency is counted at this rate. */
  yuanPerDollar: z.number().min(0.1).max(100),
  /** Whether a model may be asked whose price is not known, while there is a limit. */
  unknownPrices: z.enum(['refuse', 'allow']),
});
export type BudgetSetting = Shape<typeof budgetSettingSchema>;

const mostServers = 100;

/** Everything a person can set. The file is written by main only; core and cli read it. */
export const settingsSchema = z.strictObject({
  version: z.literal(1),
  /** Electron accelerator. */
  hotkey: z.string().max(80),
  /** When the hotkey was last seen to fire, in milliseconds since 1970; null until it is proved. */
  hotkeyProvedAt: z.number().nullable(),
  /** When a desktop that gives keys itself first ran `beckon toggle` or `beckon run`; the same unit. */
  toggleProvedAt: z.number().nullable(),
  /** Electron accelerators of single actions, by the action's id. */
  actionHotkeys: z.record(z.string().max(60), z.string().max(80)),
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Size of text in the main window, in per cent. */
  textPercent: z.int().min(50).max(300),
  /** Chosen model; null means the starter model. */
  modelId: z.string().max(400).nullable(),
  /** Minutes without a question after which the model leaves memory; 0 keeps it. */
  idleMinutes: z.int().min(0).max(1440),
  /** Seconds that a model stays in memory after a command in a terminal, for the next one; 0 turns that off. */
  lingerSeconds: z.int().min(0).max(3600),
  /** Models that arrive get a copy that this processor reads faster, by themselves. */
  fastCopies: z.boolean(),
  launchAtLogin: z.boolean(),
  /** The file managers of this person offer “Ask Beckon”; a package that was installed brings that for everybody. */
  fileMenus: z.boolean(),
  pinned: z.boolean(),
  /** No process of Beckon connects anywhere outside this machine while this is on. */
  offline: z.boolean(),
  /** Keys, numbers and names that leave this machine for elsewhere do so as pseudonyms, and come back as themselves. */
  pseudonyms: z.boolean(),
  /** Names of the person's own that are hidden, too. */
  privateNames: z.array(z.string().min(2).max(100)).max(200),
  budget: budgetSettingSchema,
  /** What would leave this machine is shown before it does: at all servers, at those named, or only where it is asked for. */
  showFirst: z.union([z.enum(['all', 'asked']), z.array(z.string().max(120)).max(mostServers)]),
  /** What is copied is kept, sealed, and listed on wish. */
  clipboardHistory: z.boolean(),
  /** How many copies are kept, and for how many days. */
  clipboardItems: z.int().min(1).max(clipItemsLimit),
  clipboardDays: z.int().min(1).max(clipDaysLimit),
  /** Models of single actions, by the action's id. */
  actionModels: z.record(z.string().max(60), z.string().max(400)),
  firstRunDone: z.boolean(),
  /** Top-left of the overlay that the person dragged to, by display id. */
  overlayPositions: z.record(z.string(), z.strictObject({ x: z.int(), y: z.int() })),
  servers: z.array(serverSettingSchema).max(mostServers),
  /** Model files of the person's own, by path. */
  modelFiles: z.array(z.string().max(4096)).max(200),
});
export type Settings = Shape<typeof settingsSchema>;

export const defaultSettings: Settings = {
  version: 1,
  hotkey: 'Control+Shift+Space',
  hotkeyProvedAt: null,
  toggleProvedAt: null,
  actionHotkeys: {},
  language: 'system',
  theme: 'system',
  textPercent: 100,
  modelId: null,
  idleMinutes: 10,
  lingerSeconds: 60,
  fastCopies: true,
  launchAtLogin: false,
  fileMenus: false,
  pinned: false,
  offline: false,
  pseudonyms: true,
  privateNames: [],
  budget: { currency: 'USD', day: null, month: null, yuanPerDollar: 7.2, unknownPrices: 'refuse' },
  showFirst: 'asked',
  clipboardHistory: false,
  clipboardItems: 50,
  clipboardDays: 7,
  actionModels: {},
  firstRunDone: false,
  overlayPositions: {},
  servers: [],
  modelFiles: [],
};

/**
 * What a page may set by itself. A setting that does not stand here is closed to pages: it has an endpoint that checks more,
 * or belongs to main. `asks`: the person agrees first when it lowers protection.
 */
export const pageSettings = {
  language: 'free',
  theme: 'free',
  textPercent: 'free',
  idleMinutes: 'free',
  fastCopies: 'free',
  launchAtLogin: 'free',
  fileMenus: 'free',
  pinned: 'free',
  offline: 'asks',
  pseudonyms: 'asks',
  privateNames: 'asks',
  budget: 'asks',
  showFirst: 'asks',
  clipboardHistory: 'asks',
  clipboardItems: 'free',
  clipboardDays: 'free',
  actionModels: 'free',
  firstRunDone: 'free',
} as const satisfies Partial<Record<keyof Settings, Exclude<PageAccess, 'no'>>>;

type AskedSetting = {
  [Key in keyof typeof pageSettings]: (typeof pageSettings)[Key] extends 'asks' ? Key : never;
}[keyof typeof pageSettings];

/** When a change of one of those leaves less protected than it is; each needs an entry. */
const lowers: { readonly [Key in AskedSetting]: (next: Settings[Key], now: Settings[Key]) => boolean } = {
  offline: (next, now) => now && !next,
  pseudonyms: (next, now) => now && !next,
  privateNames: (next, now) => now.some((name) => !next.includes(name)),
  budget: isHigherBudget,
  showFirst: showsLess,
  clipboardHistory: (next, now) => next && !now,
};

/** Whether more may be spent than now. What counts otherwise, in another currency or at another rate, may be more. */
function isHigherBudget(next: BudgetSetting, now: BudgetSetting): boolean {
  if (now.day === null && now.month === null) return false;
  const isMore = (one: number | null, other: number | null) => other !== null && (one === null || one > other);
  return (
    isMore(next.day, now.day) ||
    isMore(next.month, now.month) ||
    next.currency !== now.currency ||
    next.yuanPerDollar !== now.yuanPerDollar ||
    (next.unknownPrices === 'allow' && now.unknownPrices === 'refuse')
  );
}

/** Whether what leaves for some server is shown first now, and would not be. */
function showsLess(next: Settings['showFirst'], now: Settings['showFirst']): boolean {
  if (next === 'all' || now === 'asked') return false;
  return next === 'asked' ? now === 'all' || now.length > 0 : now === 'all' || now.some((id) => !next.includes(id));
}

/** Whether what leaves for a server is shown first, whatever the rules say. */
export function isShownFirst({ showFirst }: Pick<Settings, 'showFirst'>, serverId: string | null): boolean {
  return showFirst === 'all' || (showFirst !== 'asked' && serverId !== null && showFirst.includes(serverId));
}

/** The first setting of a change that a page may not make; null when it may make all of it. */
export function closedToPages(patch: SettingsPatch): string | null {
  return Object.keys(patch).find((key) => !Object.hasOwn(pageSettings, key)) ?? null;
}

/** The settings of a change that leave less protected than now. */
export function loweredBy(patch: SettingsPatch, now: Settings): readonly AskedSetting[] {
  const asked = Object.keys(lowers) as AskedSetting[];
  return asked.filter((key) => {
    // Next and now are of the one setting that the entry is for, which the compiler cannot follow.
    const isLower = lowers[key] as (next: unknown, now: unknown) => boolean;
    return patch[key] !== undefined && isLower(patch[key], now[key]);
  });
}

/** A change of some settings; keys left out stay. */
export const settingsPatchSchema = settingsSchema.omit({ version: true }).partial();
export type SettingsPatch = Shape<typeof settingsPatchSchema>;

/** What keeps something on this machine, or from costing too much. */
const holdsBack: readonly string[] = ['offline', 'pseudonyms', 'privateNames', 'budget', 'showFirst', '*'];

export interface SettingsRead {
  readonly settings: Settings;
  readonly badKeys: readonly string[];
  /** The offline lock is on because a key that holds something back could not be read. */
  readonly isLocked: boolean;
}

/**
 * What a settings file says, key by key, so that one bad value does not cost the others: a bad or unknown key falls back
 * to its default and is named in `badKeys`; `*` means that the whole file was unusable. Where one of those holds something
 * back the offline lock is on, whatever the file says. Of servers those that can be read stay: `unreadServers` names the others.
 */
export function readSettings(raw: unknown): SettingsRead {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { settings: { ...defaultSettings, offline: true }, badKeys: ['*'], isLocked: true };
  const kept: Record<string, unknown> = { ...defaultSettings };
  const badKeys: string[] = [];
  const shape: Readonly<Record<string, z.ZodType>> = settingsSchema.shape;
  for (const [key, value] of Object.entries(raw)) {
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const parsed = schema?.safeParse(value);
    if (parsed?.success) kept[key] = parsed.data;
    else badKeys.push(key);
    if (key === 'servers' && parsed?.success === false && Array.isArray(value)) kept[key] = readableServers(value);
  }
  const isLocked = badKeys.some((key) => holdsBack.includes(key));
  const settings = settingsSchema.parse(kept);
  return { settings: isLocked ? { ...settings, offline: true } : settings, badKeys, isLocked };
}

function readableServers(servers: readonly unknown[]): readonly ServerSetting[] {
  const read = servers.map((server) => serverSettingSchema.safeParse(server));
  return read.flatMap(({ success, data }) => (success ? [data] : [])).slice(0, mostServers);
}
