import type { SecretKind } from './kinds.ts';

/** Words that people and models understand by what stands for a secret. */
export const standIns: Readonly<Record<SecretKind, string>> = {
  key: 'KEY',
  'private-key': 'KEY',
  password: 'PASSWORD',
  email: 'EMAIL',
  phone: 'PHONE',
  card: 'CARD',
  'resident-id': 'ID',
  passport: 'PASSPORT',
  permit: 'PERMIT',
  'credit-code': 'CODE',
  iban: 'IBAN',
  account: 'ACCOUNT',
  ssn: 'SSN',
  plate: 'PLATE',
  wallet: 'WALLET',
  name: 'NAME',
};
