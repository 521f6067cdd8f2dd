import { stylesheet } from './pages.style.js';

describe('the style sheet', () => {
  const [light = '', dark = ''] = stylesheet.split('@media (prefers-color-scheme: dark)');

  it('loads nothing', () => {
    expect(stylesheet).not.toMatch(/url\(|@import|https?:/);
  });

  it.each([
    ['light', light],
    ['dark', dark],
  ])('has a contrast of at least 4.5 for texts and 3 for fields, in %s', (_scheme, css) => {
    const ratio = (one: string, other: string): number => contrast(colour(css, one), colour(css, other));
    const texts = ['ink', 'muted', 'accent', 'accent-strong', 'error'].flatMap((text) => [
      ratio(text, 'card'),
      ratio(text, 'page'),
    ]);

    expect(
      Math.min(...texts, ratio('on-accent', 'accent'), ratio('on-accent', 'accent-strong')),
    ).toBeGreaterThanOrEqual(4.5);
    expect(Math.min(ratio('field', 'card'), ratio('accent', 'page'))).toBeGreaterThanOrEqual(3);
  });
});

function colour(css: string, name: string): string {
  return new RegExp(`--${name}: #([0-9a-f]{6});`).exec(css)?.[1] ?? '';
}

/** As WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
