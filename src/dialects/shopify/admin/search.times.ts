/** From a moment on, up to another one that is not part of it. */
export interface TimeSpan {
  readonly from: Date;
  readonly until: Date;
}

const SECOND = 1000;
const TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** What a year, a month, a day (UTC), a time or `now` covers; a time is the second that answers show. Null for anything else. */
export function timeSpanIn(text: string, now: Date): TimeSpan | null {
  const given = text.trim();
  if (given.toLowerCase() === 'now') return { from: now, until: new Date(now.getTime() + 1) };
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(given) ?? [];
  if (year !== undefined) return calendarSpan(Number(year), month, day);
  return TIME.test(given) ? instantSpan(given) : null;
}

function calendarSpan(year: number, month: string | undefined, day: string | undefined): TimeSpan | null {
  const [m, d] = [Number(month ?? '1'), Number(day ?? '1')];
  const from = new Date(Date.UTC(year, m - 1, d));
  if (from.getUTCFullYear() !== year || from.getUTCMonth() !== m - 1 || from.getUTCDate() !== d) return null;
  const next = day !== undefined ? [year, m - 1, d + 1] : month !== undefined ? [year, m, 1] : [year + 1, 0, 1];
  const [nextYear = 0, nextMonth = 0, nextDay = 1] = next;
  return { from, until: new Date(Date.UTC(nextYear, nextMonth, nextDay)) };
}

function instantSpan(given: string): TimeSpan | null {
  const [, year, month, day] = TIME.exec(given) ?? [];
  if (!calendarSpan(Number(year), month, day)) return null;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(given) ? given : `${given}Z`;
  const at = Date.parse(zoned.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(at)) return null;
  return { from: new Date(at), until: new Date(Math.floor(at / SECOND) * SECOND + SECOND) };
}
