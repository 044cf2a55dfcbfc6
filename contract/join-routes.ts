/** What belongs to endpoints by their names: their schemas, or what answers them. */
interface Routes {
  readonly requests: object;
  readonly streams: object;
  readonly states: object;
}

/** The members of a union, all at once. */
type All<Union> = (Union extends unknown ? (one: Union) => void : never) extends (all: infer Joined) => void
  ? { readonly [Name in keyof Joined]: Joined[Name] }
  : never;

export interface JoinedRoutes<Part extends Routes> {
  readonly requests: All<Part['requests']>;
  readonly streams: All<Part['streams']>;
  readonly states: All<Part['states']>;
}

/** The routes of several features as one; throws when two of them have a name. */
export function joinRoutes<const Parts extends readonly Routes[]>(...parts: Parts): JoinedRoutes<Parts[number]> {
  const joined = {
    requests: joinTables(parts.map(({ requests }) => requests)),
    streams: joinTables(parts.map(({ streams }) => streams)),
    states: joinTables(parts.map(({ states }) => states)),
  };
  return joined as JoinedRoutes<Parts[number]>;
}

function joinTables(tables: readonly object[]): object {
  const joined = new Map<string, unknown>();
  for (const [name, value] of tables.flatMap((table) => Object.entries(table))) {
    if (joined.has(name)) throw new Error(`two features have ${name}`);
    joined.set(name, value);
  }
  return Object.fromEntries(joined);
}
