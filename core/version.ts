import packageFile from '../package.json' with { type: 'json' };

/** Version of Beckon, from package.json. */
export const coreVersion: string = packageFile.version;
