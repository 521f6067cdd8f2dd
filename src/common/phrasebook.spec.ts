import { Phrasebook } from './phrasebook.js';

const english = { hello: 'Hello {{name}}', bye: 'Bye', thanks: 'Thank you' };
const phrases = new Phrasebook(
  english,
  new Map([
    ['pt', { hello: 'Olá, {{name}}', bye: 'Adeus' }],
    ['pt-BR', { bye: 'Tchau' }],
  ]),
);

it('falls back from locale to language to English, text by text', () => {
  const say = phrases.sayIn('pt-BR');

  expect([say('bye'), say('hello', { name: 'Ann' }), say('thanks')]).toEqual(['Tchau', 'Olá, Ann', 'Thank you']);
  expect(phrases.sayIn('pt-PT')('bye')).toBe('Adeus');
  expect(phrases.sayIn('xx')('bye')).toBe('Bye');
});

it('names the locale whose texts it takes', () => {
  const taken = ['pt-BR', 'pt-PT', 'xx', 'en-GB'].map((locale) => phrases.languageOf(locale));

  expect(taken).toEqual(['pt-BR', 'pt', 'en', 'en']);
});

it('tells which texts are missing, and which would lose a value', () => {
  const careless = new Phrasebook(
    english,
    new Map([['nl', { hello: 'Hallo', bye: 'Dag', thanks: 'Dank u, {{name}}' }]]),
  );

  expect(phrases.faults()).toEqual(['pt: thanks is missing', 'pt-BR: thanks is missing']);
  expect(careless.faults()).toEqual(['nl: hello has other values', 'nl: thanks has other values']);
});

it('never reads a value as a template (SEC-70)', () => {
  expect(phrases.sayIn('en')('hello', { name: '{{bye}} <b>' })).toBe('Hello {{bye}} <b>');
});

it('tells a missing value by failing', () => {
  expect(() => phrases.sayIn('en')('hello')).toThrow('name');
});
