/** What a mail to nobody would say: as much as one with a link. */
export const SHAM = {
  link: `https://shop.example/account/reset/4503599627370495/${'0'.repeat(32)}`,
  minutes: '60',
  firstName: 'Ann',
};
