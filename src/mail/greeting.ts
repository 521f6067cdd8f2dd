/** A first name is a word or a few; whatever is longer is a message. */
const LONGEST_NAME = 64;

const GENERIC_TLDS = `academy agency app art asia bank bar best bid bio biz blog boutique cafe capital care careers cash
  casino center chat cheap city click cloud club coach codes coffee com community company consulting cool cyou date deals
  delivery dental design dev digital direct discount download earth edu education email energy estate events exchange
  expert express fashion finance fit fund fun gallery games gift gives global gov group guru health help host hosting
  house icu immo info int international jobs life link live loan ltd marketing mba media men mil mobi money monster name
  net network news ninja now one online ooo org page party photo pics plus press pro promo pub quest rent rest review
  rocks run sale sbs school science security services shop shopping site social software solutions space store stream
  studio support surf systems team tech technology tel tips today tools top tours town trade travel uno vip web website
  wiki win wine work works world wtf xxx xyz zip zone`;
const FOREIGN_TLDS = 'бг бел рус рф укр қаз 中国 中國 公司 商城 网店 网络 香港 台湾 中文网 भारत 닷컴 한국 コム みんな';

/** Two Latin letters after a dot are a country or begin `xn--`; where they do not, a neutral greeting harms nobody. */
const DOMAIN = new RegExp(
  `[.。](?:[a-z]{2}|${GENERIC_TLDS.split(/\s+/).join('|')}|${FOREIGN_TLDS.split(' ').join('|')})(?![\\p{L}\\p{N}])`,
  'u',
);
const ADDRESS = /http|www\.|\/\/|@|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d/;

/**
 * The name to greet a customer by, or null when it must be left out: mail programs make links of what looks like one,
 * and a stranger may have typed it (SEC-69). Expects a name on one line.
 */
export function greetableName(name: string): string | null {
  const shown = name.trim();
  if (shown === '' || shown.length > LONGEST_NAME) return null;
  const read = shown
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase();
  return ADDRESS.test(read) || DOMAIN.test(read) ? null : shown;
}
