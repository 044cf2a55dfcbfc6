const id = '\0left-out';

/** Stands for modules that are never used; a use that comes in nevertheless is an error that tells of itself. */
const standIn = `
const refuse = (name) => { throw new Error(String(name) + ' was left out of this bundle'); };
export class Ajv2020 { constructor() { refuse('Ajv2020'); } }
export default new Proxy({}, { get: (_target, name) => refuse(name) });
`;

/**
 * A plugin of Vite that leaves packages out which another imports and does not use here. The settings are kept without schema and
 * migrations of `electron-store`, whose libraries for them would be two fifths of the shell, read at every start.
 */
export function leaveOut(names) {
  return {
    name: 'leave-out',
    enforce: 'pre',
    resolveId: (source) => (names.includes(source) ? id : null),
    load: (module) => (module === id ? standIn : null),
  };
}
