import { Registry } from '#lib/prometheus';

/** What this process has counted since its start. Labels take our own words only, never a caller's. */
export const metrics = new Registry();

export const requests = metrics.counter(
  'keyturn_requests_total',
  'Requests that were answered; the operation is the first root field of a GraphQL document, else the route.',
  ['dialect', 'operation', 'outcome'],
);
export const requestSeconds = metrics.histogram(
  'keyturn_request_duration_seconds',
  'Time from the head of a request to the end of its answer.',
  'dialect',
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
);
export const hashesRefused = metrics.counter(
  'keyturn_hash_refused_total',
  'Requests that were refused because too many password hashes waited.',
);
export const signIns = metrics.counter(
  'keyturn_sign_ins_total',
  'Sign-ins with a password, by result; refused ones of accounts that do not exist are among them.',
  ['result'],
);
export const lockouts = metrics.counter(
  'keyturn_lockouts_total',
  'Sign-ins after which, or because, the account was locked.',
);
export const resets = metrics.counter('keyturn_resets_total', 'Steps of password resets.', ['step']);
export const mailsSuppressed = metrics.counter(
  'keyturn_mail_suppressed_total',
  'Mails that a limit kept from being queued, by what they were for.',
  ['kind'],
);
export const throttled = metrics.counter(
  'keyturn_throttled_total',
  'How often something was over a limit; several limits of one request count each.',
  ['limit'],
);
export const mailsSent = metrics.counter('keyturn_mail_sent_total', 'Mails that a mail server has taken.');
export const mailsFailed = metrics.counter(
  'keyturn_mail_failed_total',
  'Attempts to send a mail that failed: to be repeated, or given up for good.',
  ['then'],
);
export const webhookCalls = metrics.counter('keyturn_webhook_calls_total', 'Calls of webhooks, by result.', ['result']);
export const databaseRefusals = metrics.counter(
  'keyturn_database_refused_total',
  'Units of work that were given up because the database could not be asked, or after conflicts that did not end.',
);
