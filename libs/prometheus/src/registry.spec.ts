import { Registry } from './index.js';

it('writes what each metric means, its type and its values', async () => {
  const registry = new Registry();
  const mails = registry.counter('mails_total', 'Mails that went out.');
  const answers = registry.counter('answers_total', 'Answers.', ['api', 'outcome']);
  registry.gauge({ name: 'queued', help: 'Waiting.', labels: ['queue'] }, () => [{ labels: ['mail'], value: 3 }]);

  mails.add();
  for (const outcome of ['ok', 'ok', 'refused']) answers.add('adobe', outcome);

  expect(await registry.text()).toBe(`# HELP mails_total Mails that went out.
# TYPE mails_total counter
mails_total 1
# HELP answers_total Answers.
# TYPE answers_total counter
answers_total{api="adobe",outcome="ok"} 2
answers_total{api="adobe",outcome="refused"} 1
# HELP queued Waiting.
# TYPE queued gauge
queued{queue="mail"} 3
`);
});

it('counts into every bucket that is large enough', async () => {
  const registry = new Registry();
  const seconds = registry.histogram('seconds', 'Time.', 'api', [0.1, 1]);

  for (const value of [0.1, 0.25, 8]) seconds.observe('adobe', value);

  expect((await registry.text()).split('\n').slice(2, -1)).toEqual([
    'seconds_bucket{api="adobe",le="0.1"} 1',
    'seconds_bucket{api="adobe",le="1"} 2',
    'seconds_bucket{api="adobe",le="+Inf"} 3',
    'seconds_sum{api="adobe"} 8.35',
    'seconds_count{api="adobe"} 3',
  ]);
});

it('tells a counter without labels before anything was counted, so that its first increase shows', async () => {
  const registry = new Registry();
  registry.counter('mails_total', 'Mails.');

  expect(await registry.text()).toContain('\nmails_total 0\n');
});

it('keeps its lines apart, whatever stands in them', async () => {
  const registry = new Registry();
  registry.counter('odd_total', 'One \\ two\nthree', ['name']).add('a"b\\c\nd');

  expect((await registry.text()).split('\n')).toEqual([
    '# HELP odd_total One \\\\ two\\nthree',
    '# TYPE odd_total counter',
    'odd_total{name="a\\"b\\\\c\\nd"} 1',
    '',
  ]);
});

it('has no two metrics of one name', () => {
  const registry = new Registry();
  registry.counter('mails_total', 'Mails.');

  expect(() => registry.counter('mails_total', 'Others.')).toThrow('already');
});
