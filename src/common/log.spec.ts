import { createLog, requestLog, type Log } from './log.js';

const HOSTILE = 'one\r\n{"level":30,"msg":"forged"}\u2028\u001b[31m\0';

function aLog(logLevel = 'trace'): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  return { log: createLog({ logLevel, logFormat: 'json' }, { write: (line) => void lines.push(line) }), lines };
}

function parsed(lines: readonly string[]): Record<string, unknown>[] {
  return lines.map((line) => {
    const entry: Record<string, unknown> = JSON.parse(line);
    return entry;
  });
}

it('writes each entry as one line of JSON, whatever stands in it (SEC-85)', () => {
  const { log, lines } = aLog();

  log.lines.info({ value: HOSTILE, [HOSTILE]: 1 }, HOSTILE);
  log.forNest.log(HOSTILE, HOSTILE);
  log.forNest.error(new Error(HOSTILE), HOSTILE);

  expect(lines).toHaveLength(3);
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  for (const line of lines) expect(line).toMatch(/^\{[^\x00-\x1f]*\}\n$/);
  expect(parsed(lines)[0]).toMatchObject({ value: HOSTILE, [HOSTILE]: 1, msg: HOSTILE });
});

it('stamps entries in UTC, and says neither host nor process', () => {
  const { log, lines } = aLog();

  log.lines.info('hello');

  expect(Object.keys(parsed(lines)[0] ?? {}).sort()).toEqual(['level', 'msg', 'time']);
  expect(parsed(lines)[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

it('writes what the level lets through', () => {
  const { log, lines } = aLog('warn');

  log.lines.info('quiet');
  log.forNest.log('quiet');
  log.forNest.warn('loud');

  expect(parsed(lines).map(({ msg }) => msg)).toEqual(['loud']);
});

it('takes what Nest and its libraries log: texts, objects and errors, with their context', () => {
  const { log, lines } = aLog();

  log.forNest.log('started', 'Router');
  log.forNest.warn({ event: 'login_ok', customerId: 7 }, 'audit');
  log.forNest.error({ id: 'x' }, 'a request failed', 'Filter');
  log.forNest.error(new Error('boom'), 'Filter');
  log.forNest.verbose?.('details');

  expect(parsed(lines)).toMatchObject([
    { level: 30, msg: 'started', context: 'Router' },
    { level: 40, event: 'login_ok', customerId: 7, context: 'audit' },
    { level: 50, id: 'x', msg: 'a request failed', context: 'Filter' },
    { level: 50, msg: 'boom', context: 'Filter', err: { message: 'boom' } },
    { level: 10, msg: 'details' },
  ]);
});

it('writes the route of a request, never what was filled into it or asked of it (SEC-11)', () => {
  const { log, lines } = aLog();
  const request = { id: 'r1', method: 'GET', url: '/account/reset/7/s3cret?token=s3cret', routeOptions: { url: '/account/reset/:number/:secret' } }; // prettier-ignore
  const done = jest.fn();

  requestLog(log)(request, { statusCode: 200, elapsedTime: 1.6 }, done);
  requestLog(log)({ ...request, routeOptions: {} }, { statusCode: 404, elapsedTime: 0 }, done);

  expect(lines.join('')).not.toContain('s3cret');
  expect(parsed(lines)).toMatchObject([
    { requestId: 'r1', method: 'GET', route: '/account/reset/:number/:secret', status: 200, ms: 2 },
    { route: 'unknown', status: 404 },
  ]);
  expect(done).toHaveBeenCalledTimes(2);
});
