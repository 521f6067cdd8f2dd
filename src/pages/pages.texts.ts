import { Phrasebook } from '../common/phrasebook.js';
import { german } from './texts/de.js';
import { english, type PageTexts } from './texts/en.js';
import { spanish } from './texts/es.js';
import { french } from './texts/fr.js';
import { italian } from './texts/it.js';
import { dutch } from './texts/nl.js';
import { portuguese } from './texts/pt.js';

export type { PageTexts };

export const pagePhrases = new Phrasebook<PageTexts>(
  english,
  new Map([
    ['de', german],
    ['es', spanish],
    ['fr', french],
    ['it', italian],
    ['nl', dutch],
    ['pt', portuguese],
  ]),
);

/** What the controllers say, in one language: refusals beside a field, and whole pages. */
export function pageTexts(locale: string) {
  const say = pagePhrases.sayIn(locale);
  return {
    errors: {
      email: say('emailInvalid'),
      expired: say('formRepeat'),
      passwordTooShort: (minimum: number) => say('passwordTooShort', { minimum }),
      passwordTooLong: (maximum: number) => say('passwordTooLong', { maximum }),
      passwordTooFewClasses: (required: number) => say('passwordTooFewClasses', { required }),
      passwordBreached: say('passwordBreached'),
      passwordEdgeSpace: say('passwordEdgeSpace'),
      passwordIsName: say('passwordIsName'),
      passwordIsEmail: say('passwordIsEmail'),
      passwordTooCommon: say('passwordTooCommon'),
      passwordNotPlain: say('passwordNotPlain'),
    },
    tooMany: { title: say('tooManyTitle'), text: say('tooMany') },
    busy: { title: say('busyTitle'), text: say('busy') },
    formExpired: { title: say('formExpiredTitle'), text: say('formExpired') },
    linkInvalid: { title: say('linkInvalidTitle'), text: say('linkInvalid') },
    notFound: { title: say('notFoundTitle'), text: say('notFound') },
    fault: (id: string) => ({ title: say('faultTitle'), text: say('fault', { id }) }),
  };
}
