import * as z from 'zod';
import table from './applications.json' with { type: 'json' };

/**
 * One row an application, each fact with where it was seen; no other file names one. Names are those of windows
 * (`ActiveWindow.application`: WM_CLASS on X11, the application id on Wayland) in small letters.
 */
const applicationSchema = z.strictObject({
  names: z.array(z.string().regex(/^\S+$/)).min(1),
  family: z.enum([
    ...['editor', 'mail', 'chat', 'browser', 'office', 'drawing', 'spreadsheet', 'viewer', 'terminal', 'unknown'],
  ] as const),
  /** `keys`: Ctrl+V pastes over a selection, and does nothing else. */
  paste: z.enum(['keys', 'never']).default('never'),
  /** `when-asked`: what is selected may be told by a copy alone, and Ctrl+C does nothing else. */
  copy: z.enum(['when-asked', 'never']).default('never'),
  /** How it shows that a text is selected still: `copy` where one that keys make longer or shorter is not offered anew. */
  verify: z.enum(['moving-ends', 'copy']).default('moving-ends'),
  /** `split-by-line-ends`: of the accessibility interface; what was written there can be neither read back nor taken back. */
  paragraphs: z.enum(['whole', 'split-by-line-ends']).default('whole'),
  seen: z.string().min(1),
});
export type Application = z.infer<typeof applicationSchema>;

/** What is known of a toolkit, by what it calls itself to the accessibility interface. */
const toolkitSchema = z.strictObject({
  names: z.array(z.string()).min(1),
  /** `ignored`: each write is answered with "done", and the text stays as it was. */
  writes: z.enum(['done', 'ignored']).default('done'),
  /** What a length is counted in that is handed over with a text. */
  lengths: z.enum(['characters', 'bytes']).default('characters'),
  /** `told-of-surroundings`: of what a text stands in, such as its tab. */
  focus: z.enum(['told-of-texts', 'told-of-surroundings']).default('told-of-texts'),
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
/** Nothing is pressed in an application that nobody has looked at. */
const unknownApplication = applicationSchema.parse({ names: ['-'], family: 'unknown', seen: 'never' });
const unknownToolkit = toolkitSchema.parse({ names: ['-'], seen: 'never' });

/** What is known of the application of a window; the cautious row for one that is not known, or has no name. */
export function applicationOf({ application }: { readonly application: string | null }): Application {
  return byName.get(application?.toLowerCase() ?? '') ?? unknownApplication;
}

/** What is known of a toolkit, whose name may have a version behind it. */
export function toolkitOf(name: string): Toolkit {
  return toolkits.find(({ names }) => names.some((known) => name.startsWith(known))) ?? unknownToolkit;
}

/** Whether a window, program or bundle of this name is Beckon's own. */
export function isOwnName(name: string): boolean {
  return own.includes(name.toLowerCase());
}
