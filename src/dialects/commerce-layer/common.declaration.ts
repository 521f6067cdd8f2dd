import { object, text, time, type Attribute } from '#lib/json-api';

/** Attributes of every resource. */
export const COMMON: Readonly<Record<string, Attribute>> = {
  id: text('QS'),
  created_at: time('FQS'),
  updated_at: time('FQS'),
  reference: text('CUFQS'),
  reference_origin: text('CUFQS'),
  metadata: object('CUFQ'),
};
