import * as z from 'zod';
import table from './applications.json' with { type: 'json' };

/**
 * One row an application, each fact with where it was seen; no other file names one. Names are those of windows
 * (`ActiveWindow.application`: WM_CLASS on X11, the application id on Wayland) in small letters.
 */
const applicationSchema = z.strictObject({
  names: z.array(z.string().regex(/^\S+( \S+)*$/)).min(1),
  /** `modal`: Ctrl+V means something else there. `remote`: keys go on to another machine. */
  family: z.enum([
    ...['editor', 'mail', 'chat', 'browser', 'office', 'drawing', 'spreadsheet', 'viewer', 'unknown'],
    ...['terminal', 'modal', 'remote'],
  ] as const),
  /** `keys`: Ctrl+V pastes over a selection, and does nothing else. `as-seen`: what its process shows of itself decides. */
  paste: z.enum(['keys', 'never', 'as-seen']).default('never'),
  /** `when-asked`: what is selected may be told by a copy alone, and Ctrl+C does nothing else. `as-seen`: as above. */
  copy: z.enum(['when-asked', 'never', 'as-seen']).default('as-seen'),
  /** How it shows that a text is selected still: `copy` where one that keys make longer or shorter is not offered anew. */
  verify: z.enum(['moving-ends', 'copy']).default('moving-ends'),
  /** `split-by-line-ends`: of the accessibility interface; what was written there can be neither read back nor taken back. */
  paragraphs: z.enum(['whole', 'split-by-line-ends']).default('whole'),
  seen: z.string().min(1),
});
export type Application = z.infer<typeof applicationSchema>;

/** What is known of a toolkit, by what it calls itself to the accessibility interface, or by the files it is loaded from. */
const toolkitSchema = z.strictObject({
  names: z.array(z.string()).min(1),
  /** How the names of files begin that a process built with it has mapped, in small letters. */
  libraries: z.array(z.string().min(4)).default([]),
  /** `ignored`: each write is answered with "done", and the text stays as it was. */
  writes: z.enum(['done', 'ignored']).default('done'),
  /** What a length is counted in that is handed over with a text. */
  lengths: z.enum(['characters', 'bytes']).default('characters'),
  /** `told-of-surroundings`: of what a text stands in, such as its tab. */
  focus: z.enum(['told-of-texts', 'told-of-surroundings']).default('told-of-texts'),
  /** `changed`: while anybody asks for its events, its keys go over the accessibility bus, and some come twice or otherwise. */
  keysWhileTold: z.enum(['as-pressed', 'changed']).default('as-pressed'),
  /** `keys`: in its fields Ctrl+V pastes over a selection. `keys-after-delete`: beside it, so that it is deleted first. */
  paste: z.enum(['keys', 'keys-after-delete', 'never']).default('never'),
  /** `when-asked`: Ctrl+C copies what is selected, and does nothing else. */
  copy: z.enum(['when-asked', 'never']).default('never'),
  /** `offered`: each selection is, however it was made, so that where none is offered nothing is selected. */
  selections: z.enum(['offered', 'some-hidden']).default('some-hidden'),
  seen: z.string().min(1),
});
export type Toolkit = z.infer<typeof toolkitSchema>;

const schema = z.strictObject({
  applications: z.array(applicationSchema),
  toolkits: z.array(toolkitSchema),
  /** Names that the systems have for Beckon's own windows. */
  own: z.array(z.string()),
});

const { applications, toolkits, own } = schema.parse(table);
const byName = new Map(applications.flatMap((row) => row.names.map((name) => [name, row] as const)));
/** What no name is known of is judged by what is seen of it. */
const unknownApplication = applicationSchema.parse({
  names: ['-'],
  family: 'unknown',
  paste: 'as-seen',
  seen: 'never',
});
const namelessApplication = applicationSchema.parse({ names: ['-'], family: 'unknown', copy: 'never', seen: 'never' });
const unknownToolkit = toolkitSchema.parse({ names: ['-'], seen: 'never' });

/** What is known of the application of a window; the cautious row for one that is not known, or has no name. */
export function applicationOf({ application }: { readonly application: string | null }): Application {
  if (application === null || application.trim() === '') return namelessApplication;
  return byName.get(application.toLowerCase()) ?? unknownApplication;
}

/** What is known of a toolkit, whose name may have a version behind it. */
export function toolkitOf(name: string): Toolkit {
  return toolkits.find(({ names }) => names.some((known) => name.startsWith(known))) ?? unknownToolkit;
}

/**
 * The toolkit of a process by the names of the files it has loaded; null for one that is not known. One that draws in
 * another one's windows, or passes keys on, stands first in the table.
 */
export function toolkitLoaded(files: Iterable<string>): Toolkit | null {
  const names = [...files].map((file) => file.toLowerCase());
  const isLoaded = ({ libraries }: Toolkit) => libraries.some((start) => names.some((name) => name.startsWith(start)));
  return toolkits.find(isLoaded) ?? null;
}

/** Whether a window, program or bundle of this name is Beckon's own. */
export function isOwnName(name: string): boolean {
  return own.includes(name.toLowerCase());
}
