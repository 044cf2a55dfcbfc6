import { AppError } from '../../contract/errors.ts';

/** What a connection of one purpose may do, whatever it is asked for. */
interface PurposeRules {
  /** Whether anything may be said to the other side beyond which address is wanted. */
  readonly carriesText: boolean;
  /** Whether the other side may send it on to another address. */
  readonly followsOn: boolean;
}

/**
 * Why a connection is made. `answer` alone carries text, and core/sending alone opens it; a list of models is asked at the
 * address the person gave and nowhere else, and so is what an account has; a download may be sent on to where the file lies.
 */
export const purposes = {
  answer: { carriesText: true, followsOn: false },
  'model-list': { carriesText: false, followsOn: false },
  account: { carriesText: false, followsOn: false },
  download: { carriesText: false, followsOn: true },
} as const satisfies Readonly<Record<string, PurposeRules>>;

export type EgressPurpose = keyof typeof purposes;

/** Throws where an address is not one of those that this connection is for. Asked again right before it is made. */
export type Admit = (url: URL) => void;

/** Throws `app/not-allowed` for a request that could carry text and is for a purpose that carries none. */
export function requireShape(purpose: EgressPurpose, method: string, body: unknown): void {
  if (purposes[purpose].carriesText || (body === null && /^(get|head)$/i.test(method))) return;
  throw new AppError('app/not-allowed', `${purpose} sends no text`);
}

/** The list of models, or the state of a key, at one host, by either scheme, since which of them it speaks is found out by asking. */
export function admitModelList(hostname: string): Admit {
  return (url) => {
    if (url.hostname !== hostname || !/\/(?:models|key)$/.test(url.pathname) || url.search !== '') throw notFor(url);
  };
}

/** What an account has, at the one address where its provider tells that. */
export function admitAccount(address: string): Admit {
  return (url) => {
    if (url.href !== new URL(address).href) throw notFor(url);
  };
}

function notFor({ host }: URL): AppError {
  return new AppError('app/not-allowed', `${host} is not what this connection is for`, { values: { host } });
}
