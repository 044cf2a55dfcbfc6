import * as z from 'zod';
import { type Contract, request } from '../define.ts';

/** How Chinese names are found by their sound. */
export const pinyinRoutes = {
  requests: {
    /** First letters of the pinyin of Chinese texts, in their order: what people type to find something by its name. */
    'pinyin.initials': request(z.strictObject({ texts: z.array(z.string().max(200)).max(200) }), 'free').returns(
      z.strictObject({ initials: z.array(z.string()) }),
    ),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
