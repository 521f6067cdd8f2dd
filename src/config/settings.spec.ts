import { isBaseUrl, isSecureUrl } from './index.js';

describe('the base of links', () => {
  it.each([
    ['https://shop.example', true],
    ['http://localhost:3000/path/', true],
    ['https://shop.example?', false],
    ['https://shop.example#', false],
    ['https:shop.example', false],
    ['https:///shop.example', false],
    ['https://shop.exa\tmple', false],
    [' https://shop.example', false],
    ['https://shop.example\\@evil.example', false],
    ['ftp://shop.example', false],
    ['https://', false],
  ])('may be %j: %s (SEC-37)', (text, fits) => {
    expect(isBaseUrl(text)).toBe(fits);
  });

  it('is safe by https or on this machine (SEC-10)', () => {
    expect(['https://a.example', 'http://localhost', 'http://127.0.0.2', 'http://a.example'].map(isSecureUrl)).toEqual(
      [true, true, false, false], // prettier-ignore
    );
  });
});
