import { z } from 'zod';
import { oneLine } from '#lib/plain-text';
import type { Store } from '../store/index.js';
import { greetableName } from './greeting.js';
import { htmlPart, textPart, type Block } from './mail.layout.js';
import { mailPhrases } from './mail.texts.js';
import type { MailTexts } from './texts/en.js';
import type { MailMessage } from './mail-message.entity.js';
import type { OutgoingMail } from './mail-transport.js';

const LONGEST_SUBJECT = 200;
/** Keeps a subject of ours within that (SEC-69). */
const LONGEST_NAME_IN_SUBJECT = 120;

const linkData = z
  .object({
    link: z.string().regex(/^https?:\/\/[^\s\p{C}<>"]+$/u, 'must be an http or https URL'),
    minutes: z.string().regex(/^[1-9]\d{0,6}$/, 'must be a number'),
    firstName: z.string().default(''),
  })
  .catchall(z.string());
const codeData = z
  .object({
    code: z.string().regex(/^[1-9]\d{5}$/, 'must be six digits'),
    minutes: linkData.shape.minutes,
    firstName: z.string().default(''),
  })
  .catchall(z.string());
const invitationData = linkData.safeExtend({
  /** What the shop's staff say in place of our subject, and besides. */
  subject: z.string().default(''),
  message: z.string().default(''),
});
const greetingData = z.object({ firstName: z.string().default('') }).catchall(z.string());
const webhookData = z.object({
  webhook: z.string(),
  origin: z.string(),
  failures: z.string(),
  limit: z.string(),
  reason: z.string(),
});
const noticeData = z.object({ firstName: z.string().default(''), when: z.iso.datetime() }).catchall(z.string());

type Say = (key: keyof MailTexts, values?: Readonly<Record<string, string>>) => string;

interface Content {
  readonly subject: keyof MailTexts;
  /** Words of the shop's own in place of that. */
  readonly ownSubject?: string;
  readonly blocks: readonly Block[];
}

/**
 * Words a mail in its locale, as text and as HTML.
 * @param data what was queued: a flat object of strings
 * @throws Error when the mail cannot be worded from it, and for a decoy
 */
export function composeMail(
  mail: Pick<MailMessage, 'number' | 'kind' | 'locale' | 'recipient'>,
  store: Pick<Store, 'name' | 'mailFrom'>,
  data: unknown,
): OutgoingMail {
  const { number: id, locale, recipient: to } = mail;
  const name = plain(store.name);
  const content = contentOf(mail, data, sayIn(locale, name));
  const own = shortened(plain(content.ownSubject ?? ''), LONGEST_SUBJECT);
  const subject = own || sayIn(locale, shortened(name, LONGEST_NAME_IN_SUBJECT))(content.subject);
  const letter = { language: mailPhrases.languageOf(locale), store: name, subject, blocks: content.blocks };
  return { id, from: senderOf(store.mailFrom), to, subject, text: textPart(letter), html: htmlPart(letter) };
}

function contentOf({ kind, locale }: Pick<MailMessage, 'kind' | 'locale'>, data: unknown, say: Say): Content {
  switch (kind) {
    case 'password-reset':
    case 'email-confirmation':
    case 'email-change':
    case 'welcome-no-password':
      return linkContent(linkTexts[kind], linkData.parse(data), locale, say);
    case 'email-confirmation-code':
      return codeContent(codeData.parse(data), locale, say);
    case 'password-changed':
    case 'email-changed':
    case 'email-and-password-changed':
    case 'email-change-requested':
      return noticeContent(noticeTexts[kind], noticeData.parse(data), locale, say);
    case 'invitation':
      return invitationContent(invitationData.parse(data), locale, say);
    case 'welcome':
    case 'email-confirmed':
    case 'account-exists':
      return greetingContent(greetingTexts[kind], greetingData.parse(data), say);
    case 'webhook-failing':
      return webhookContent(webhookData.parse(data), say);
    case 'decoy':
      throw new Error('a decoy is dropped, not composed');
  }
}

type TextKey = keyof MailTexts;

interface LinkTexts {
  readonly subject: TextKey;
  readonly intro: TextKey;
  readonly ignore: TextKey;
}

const linkTexts = {
  'password-reset': { subject: 'resetSubject', intro: 'resetIntro', ignore: 'resetIgnore' },
  'email-confirmation': { subject: 'confirmationSubject', intro: 'confirmationIntro', ignore: 'confirmationIgnore' },
  'email-change': { subject: 'emailChangeSubject', intro: 'emailChangeIntro', ignore: 'emailChangeIgnore' },
  'welcome-no-password': { subject: 'welcomeSubject', intro: 'noPasswordIntro', ignore: 'welcomeAlarm' },
} as const satisfies Record<string, LinkTexts>;

function linkContent(
  { subject, intro, ignore }: LinkTexts,
  { link, minutes, firstName }: z.infer<typeof linkData>,
  locale: string,
  say: Say,
): Content {
  const blocks = [
    greeting(firstName, say),
    paragraph(say(intro)),
    { text: link, isLink: true },
    paragraph(say('resetLifetime', { lifetime: duration(Number(minutes), locale) })),
    paragraph(say(ignore)),
  ];
  return { subject, blocks };
}

/** A code to type where the account was opened. */
function codeContent({ code, minutes, firstName }: z.infer<typeof codeData>, locale: string, say: Say): Content {
  const blocks = [
    greeting(firstName, say),
    paragraph(say('codeIntro')),
    paragraph(code),
    paragraph(say('codeLifetime', { lifetime: duration(Number(minutes), locale) })),
    paragraph(say('confirmationIgnore')),
  ];
  return { subject: 'confirmationSubject', blocks };
}

interface NoticeTexts {
  readonly subject: TextKey;
  readonly intro: TextKey;
  readonly fine: TextKey;
  readonly alarm: TextKey;
}

const noticeTexts = {
  'password-changed': { subject: 'changedSubject', intro: 'changedIntro', fine: 'changedFine', alarm: 'changedAlarm' },
  'email-changed': {
    subject: 'emailChangedSubject',
    intro: 'emailChangedIntro',
    fine: 'changedFine',
    alarm: 'emailChangedAlarm',
  },
  'email-and-password-changed': {
    subject: 'bothChangedSubject',
    intro: 'bothChangedIntro',
    fine: 'changedFine',
    alarm: 'emailChangedAlarm',
  },
  'email-change-requested': {
    subject: 'emailRequestedSubject',
    intro: 'emailRequestedIntro',
    fine: 'emailRequestedFine',
    alarm: 'emailRequestedAlarm',
  },
} as const satisfies Record<string, NoticeTexts>;

/** Tells where to go but has no link, so that nobody learns to follow one in such a mail (SEC-35). */
function noticeContent(
  { subject, intro, fine, alarm }: NoticeTexts,
  { firstName, when }: z.infer<typeof noticeData>,
  locale: string,
  say: Say,
): Content {
  const blocks = [
    greeting(firstName, say),
    paragraph(say(intro, { when: pointInTime(when, locale) })),
    paragraph(say(fine)),
    paragraph(say(alarm)),
  ];
  return { subject, blocks };
}

interface GreetingTexts {
  readonly subject: TextKey;
  readonly intro: TextKey;
  readonly hint: TextKey;
}

const greetingTexts = {
  welcome: { subject: 'welcomeSubject', intro: 'welcomeIntro', hint: 'welcomeAlarm' },
  'email-confirmed': { subject: 'welcomeSubject', intro: 'confirmedIntro', hint: 'welcomeAlarm' },
  'account-exists': { subject: 'accountExistsSubject', intro: 'accountExistsIntro', hint: 'accountExistsHint' },
} as const satisfies Record<string, GreetingTexts>;

/** Like the notices it has no link: whoever gets it unasked finds the way by himself (SEC-35). */
function greetingContent(
  { subject, intro, hint }: GreetingTexts,
  { firstName }: z.infer<typeof greetingData>,
  say: Say,
): Content {
  return { subject, blocks: [greeting(firstName, say), paragraph(say(intro)), paragraph(say(hint))] };
}

/** For the shop itself. */
function webhookContent(data: z.infer<typeof webhookData>, say: Say): Content {
  const values = Object.fromEntries(Object.entries(data).map(([name, text]) => [name, plain(text)]));
  const blocks = [say('greetingNeutral'), say('webhookIntro', values), say('webhookHint', values)].map(paragraph);
  return { subject: 'webhookSubject', blocks };
}

/** The shop's words come before ours, one paragraph for each line. */
function invitationContent(
  { link, minutes, firstName, subject, message }: z.infer<typeof invitationData>,
  locale: string,
  say: Say,
): Content {
  const lines = message.split('\n').map(plain);
  const blocks = [
    greeting(firstName, say),
    ...lines.filter((line) => line !== '').map(paragraph),
    paragraph(say('invitationIntro')),
    { text: link, isLink: true },
    paragraph(say('resetLifetime', { lifetime: duration(Number(minutes), locale) })),
    paragraph(say('invitationIgnore')),
  ];
  return { subject: 'invitationSubject', ownSubject: subject, blocks };
}

function greeting(firstName: string, say: Say): Block {
  const name = greetableName(plain(firstName));
  return paragraph(name === null ? say('greetingNeutral') : say('greeting', { name }));
}

function paragraph(text: string): Block {
  return { text, isLink: false };
}

function sayIn(locale: string, store: string): Say {
  const say = mailPhrases.sayIn(locale);
  return (key, values) => say(key, { store, ...values });
}

const MINUTES_OF = { day: 1440, hour: 60, minute: 1 };
const lengths = new Map<string, Intl.NumberFormat>();

/** A length of time in the largest unit that fits it at least twice: `60 minutes`, `6 hours`. */
function duration(minutes: number, locale: string): string {
  const fits = (size: number): boolean => minutes % size === 0 && minutes / size >= 2;
  const unit = fits(MINUTES_OF.day) ? 'day' : fits(MINUTES_OF.hour) ? 'hour' : 'minute';
  return lengthsIn(mailPhrases.languageOf(locale), unit).format(minutes / MINUTES_OF[unit]);
}

/** Kept, for making one costs as much as all else of a mail; there are few languages and units. */
function lengthsIn(language: string, unit: keyof typeof MINUTES_OF): Intl.NumberFormat {
  const key = `${language} ${unit}`;
  const known = lengths.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' });
  lengths.set(key, known);
  return known;
}

/** In UTC and with its name, as the time of day at the customer's place is not known. */
function pointInTime(when: string, locale: string): string {
  const style = { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(mailPhrases.languageOf(locale), style).format(new Date(when))} UTC`;
}

/** `Name <address>` or an address alone, as the setup file has it. */
function senderOf(mailFrom: string): OutgoingMail['from'] {
  const [, name = '', address] = /^(?:([^<>@]*) )?<?([^<>@\s,;]+@[^<>@\s,;]+)>?$/.exec(mailFrom.trim()) ?? [];
  if (address === undefined) throw new Error("the store's mailFrom is neither an address nor a name with one");
  return { name: plain(name.replaceAll('"', '')), address };
}

/** Text on one line: no control characters, and nothing that turns the order of letters around (SEC-69). */
function plain(text: string): string {
  return oneLine(text)
    .replace(/[\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
