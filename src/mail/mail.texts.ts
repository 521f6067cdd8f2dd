import { Phrasebook } from '../common/phrasebook.js';
import { german } from './texts/de.js';
import { english, type MailTexts } from './texts/en.js';
import { spanish } from './texts/es.js';
import { french } from './texts/fr.js';
import { italian } from './texts/it.js';
import { dutch } from './texts/nl.js';
import { portuguese } from './texts/pt.js';

export const mailPhrases = new Phrasebook<MailTexts>(
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
