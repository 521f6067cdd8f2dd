import { parseEmail } from './index.js';

const keyOf = (text: string): string | undefined => parseEmail(text)?.key;
const eaiKeyOf = (text: string): string | undefined => parseEmail(text, { eai: true })?.key;

describe('an accepted address', () => {
  it.each([
    ['roni_cost@example.com', 'roni_cost@example.com'],
    ["!#$%&'*+/?=^_{|}~-.Az09@example.com", "!#$%&'*+/?=^_{|}~-.az09@example.com"],
    ['a@sub.domain-1.example', 'a@sub.domain-1.example'],
    ['a@1and1.example', 'a@1and1.example'],
    ['a@ab--cd.example', 'a@ab--cd.example'],
    ['a@münchen.example', 'a@xn--mnchen-3ya.example'],
    ['a@xn--mnchen-3ya.example', 'a@xn--mnchen-3ya.example'],
    ['a@münchen.xn--p1ai', 'a@xn--mnchen-3ya.xn--p1ai'],
    ['a@straße.example', 'a@xn--strae-oqa.example'],
    ['a@Ꭰ.example', 'a@xn--58d.example'],
  ])('%s has the key %s (SEC-12)', (text, key) => {
    expect(parseEmail(text)).toEqual({ display: text, key });
  });

  it('is shown as typed but keyed in lower case (SEC-12)', () => {
    expect(parseEmail('Roni.Cost@MÜNCHEN.Example')).toEqual({
      display: 'Roni.Cost@MÜNCHEN.Example',
      key: 'roni.cost@xn--mnchen-3ya.example',
    });
  });

  it('loses the ASCII spaces around it, and nothing else (SEC-12)', () => {
    expect(parseEmail('  ann@example.com ')).toEqual({ display: 'ann@example.com', key: 'ann@example.com' });
    for (const space of ['\t', '\n', '\r', '\0', '\u00a0', '\u2003', '\ufeff']) {
      expect([keyOf(`ann@example.com${space}`), keyOf(`${space}ann@example.com`)]).toEqual([undefined, undefined]);
    }
  });

  it('may have a letter outside ASCII before the @ only with eai (SEC-12)', () => {
    expect(keyOf('jørgen@somedomain.com')).toBeUndefined();
    expect(eaiKeyOf('Jørgen@somedomain.com')).toBe('jørgen@somedomain.com');
    expect(parseEmail('jørgen@somedomain.com', { eai: false })).toBeNull();
  });
});

describe('a refused text', () => {
  it.each([
    'plainaddress',
    '#@%^%#$@#$@#.com',
    '@example.com',
    'Joe Smith <email@example.com>',
    'email.example.com',
    'email@example@example.com',
    'email@example.com (Joe Smith)',
    'email@example',
  ])('%s is on the invalid list of the Adobe contract', (text) => {
    expect([keyOf(text), eaiKeyOf(text)]).toEqual([undefined, undefined]);
  });

  it.each([
    ['', 'nothing'],
    ['@', 'nothing around the @'],
    ['a@', 'no domain'],
    ['"a b"@example.com', 'quoted local part'],
    ['"a@evil x"@example.com', 'quoted @'],
    ['a(comment)@example.com', 'comment'],
    ['a@example.com(comment)', 'comment behind'],
    ['a@example.com,b@example.com', 'list'],
    ['a@example.com;b@example.com', 'list with semicolon'],
    ['group:a@example.com;', 'group'],
    ['<a@example.com>', 'angle brackets'],
    ['a b@example.com', 'inner space'],
    ['mike @example.com', 'space before the @'],
    ['mike@ example.com', 'space after the @'],
    ['a\nBcc: b@example.com', 'line break'],
    ['a`b@example.com', 'back tick, which the list of SEC-12 leaves out'],
    ['=?utf-8?q?a?=@example.com', 'encoded-word'],
    ['a=?b@example.com', 'start of an encoded-word inside'],
    ['.a@example.com', 'leading dot'],
    ['a.@example.com', 'dot before the @'],
    ['a..b@example.com', 'double dot'],
    ['a@.example.com', 'leading dot in the domain'],
    ['a@example..com', 'double dot in the domain'],
    ['a@example.com.', 'trailing dot'],
    ['a@-example.com', 'leading hyphen'],
    ['a@example-.com', 'trailing hyphen'],
    ['a@exa_mple.com', 'underscore in the domain'],
    ['a@example.com:25', 'port'],
    ['a@example.com/x', 'path'],
    ['a@exam%70le.com', 'percent-encoding, which the mapping would decode'],
    ['a@exam\tple.com', 'tab, which the mapping would drop'],
    ['a@[127.0.0.1]', 'IPv4 literal'],
    ['a@[IPv6:2001:db8::1]', 'IPv6 literal'],
    ['a@127.0.0.1', 'IPv4 address'],
    ['a@0x7f.1', 'IPv4 address in disguise'],
    ['a@127.1', 'short IPv4 address'],
    ['a@example.123', 'numeric top level'],
    ['a@１２７.0.0.1', 'full-width IPv4 address'],
    ['a@ｅxample.com', 'full-width letter in the domain'],
    ['a@example．com', 'full-width dot'],
    ['a@日本。jp', 'ideographic dot'],
    ['a@ﬁona.com', 'ligature in the domain'],
    ['a@exa\u200bmple.com', 'zero-width space in the domain'],
    ['a@exa\u200dmple.com', 'zero-width joiner in the domain'],
    ['a@exa\u00admple.com', 'soft hyphen in the domain'],
    ['a@mün\u00adchen.example', 'soft hyphen in a foreign domain'],
    ['a@\u212aelvin.com', 'Kelvin sign in the domain'],
    ['a@İstanbul.com', 'dotted capital I in the domain'],
    ['a@mu\u0308nchen.example', 'decomposed domain'],
    ['a@é%6d.example', 'percent-encoding in a foreign label'],
    ['a@ẞ.example', 'capital sharp s, which mappings disagree on'],
    ['a@xn--.example', 'empty A-label'],
    ['a@xn--abc-.example', 'A-label of plain ASCII'],
    ['a@xn--fi.example', 'broken A-label'],
    ['a@xn---sfe.example', 'second spelling of the A-label xn--sfe'],
    ['a\ud800@example.com', 'lone surrogate'],
    ['a@\udc00.example', 'lone surrogate in the domain'],
  ])('%j: %s (SEC-12)', (text) => {
    expect([keyOf(text), eaiKeyOf(text)]).toEqual([undefined, undefined]);
  });
});

describe('the limits', () => {
  const domainOf = (length: number): string => `${`${'d'.repeat(60)}.`.repeat(4).slice(0, length - 4)}.com`;

  it('let an address have 254 bytes and no more (SEC-3)', () => {
    const local = 'a'.repeat(64);

    expect(keyOf(`${local}@${domainOf(189)}`)).toHaveLength(254);
    expect(keyOf(`${local}@${domainOf(190)}`)).toBeUndefined();
  });

  it('hold for the key as well as for the spelling (SEC-3, SEC-13)', () => {
    const domain = `${'ü.'.repeat(31)}com`; // each label becomes xn--tda

    expect(keyOf(`aa@${domain}`)).toHaveLength(254);
    expect(keyOf(`aaa@${domain}`)).toBeUndefined();
  });

  it('count the spelling in bytes, where it is longer than the key (SEC-3)', () => {
    const label = '日'.repeat(30);
    const spelling = `${'a'.repeat(64)}@${label}.${label}.1234com`;

    expect(Buffer.byteLength(spelling)).toBe(254);
    expect(keyOf(spelling)).toHaveLength(146);
    expect(keyOf(`${spelling}m`)).toBeUndefined();
  });

  it('do not count the spaces around the address (SEC-3)', () => {
    expect(keyOf(`${' '.repeat(300)}ann@example.com${' '.repeat(300)}`)).toBe('ann@example.com');
  });

  it('let the local part have 64 bytes and no more (SEC-12)', () => {
    expect(keyOf(`${'a'.repeat(64)}@example.com`)).toHaveLength(76);
    expect(keyOf(`${'a'.repeat(65)}@example.com`)).toBeUndefined();
    expect(eaiKeyOf(`${'ø'.repeat(32)}@example.com`)).toBeDefined();
    expect(eaiKeyOf(`${'ø'.repeat(33)}@example.com`)).toBeUndefined();
  });

  it('let a label have 63 characters in ASCII and no more (SEC-12)', () => {
    expect(keyOf(`a@${'b'.repeat(63)}.com`)).toBeDefined();
    expect(keyOf(`a@${'b'.repeat(64)}.com`)).toBeUndefined();
    expect(keyOf(`a@${'b'.repeat(55)}ü.com`)).toHaveLength(2 + 63 + 4);
    expect(keyOf(`a@${'b'.repeat(56)}ü.com`)).toBeUndefined();
  });
});

describe('addresses that a database collation takes for equal', () => {
  // The pairs of the collation table (security requirements, 4.1), with what makes them equal there.
  const pairs: readonly (readonly [string, string])[] = [
    ['jose', 'josé'],
    ['gmail', 'gmáil'],
    ['strasse', 'straße'],
    ['maser', 'maßer'],
    ['mike', 'mıke'],
    ['mike', 'mİke'],
    ['sam', 'ſam'],
    ['mike', 'mi\u212ae'],
    ['fiona', 'ﬁona'],
    ['admin', 'ａdmin'],
    ['admin', 'ⓐdmin'],
    ['admin', 'ad\u200bmin'],
    ['admin', 'ad\0min'],
    ['admin', 'admin\0'],
    ['admin', 'ad\u00admin'],
    ['admin', 'admin '],
    ['admin', '\u0430dmin'],
    ['admin', 'admin\t'],
  ];

  it.each(pairs)('%j and %j never share a key before the @ (SEC-12)', (plain, other) => {
    expect(keyOf(`${plain}@example.com`)).not.toBe(keyOf(`${other}@example.com`));
    expect(eaiKeyOf(`${plain}@example.com`)).not.toBe(eaiKeyOf(`${other}@example.com`));
    expect(keyOf(`${other}@example.com`)).toBeUndefined();
  });

  it.each(pairs)('%j and %j never share a key after the @ (SEC-12)', (plain, other) => {
    expect(keyOf(`a@${plain}.com`)).not.toBe(keyOf(`a@${other}.com`));
  });

  it('have no emoji before the @, and each its own key after it (SEC-12)', () => {
    expect([eaiKeyOf('a😀@example.com'), eaiKeyOf('a😁@example.com')]).toEqual([undefined, undefined]);
    expect([keyOf('a@😀.com'), keyOf('a@😁.com')]).toEqual(['a@xn--e28h.com', 'a@xn--f28h.com']);
  });

  it('leave only the composed and decomposed é alike, which is one mailbox by NFC (SEC-12)', () => {
    expect(eaiKeyOf('jose\u0301@example.com')).toBe('jos\u00e9@example.com');
    expect(eaiKeyOf('jos\u00e9@example.com')).toBe('jos\u00e9@example.com');
    expect(keyOf('a@jose\u0301.com')).toBeUndefined();
  });
});

describe('a local part with eai', () => {
  it('folds the case of ASCII letters only (SEC-12)', () => {
    expect(eaiKeyOf('ANN-ØRSTED@example.com')).toBe('ann-Ørsted@example.com');
  });

  it('stays normalised when lower-casing opens a composition (SEC-12)', () => {
    expect(eaiKeyOf('J\u030c@example.com')).toBe('\u01f0@example.com');
  });

  it.each([
    ['a＠b', 'full-width @'],
    ['a\u00a0b', 'no-break space'],
    ['a\u202eb', 'direction override'],
    ['a\u200db', 'zero-width joiner'],
    ['a\u0085b', 'control character'],
    ['a\u034fb', 'invisible mark'],
    ['a\u3164b', 'invisible letter'],
    ['a=\u0338b', 'sign made by composition'],
    ['⒈', 'number that normalises to a dot'],
    ['\ufc5e', 'letter that normalises to a space'],
  ])('refuses %j: %s', (local) => {
    expect(eaiKeyOf(`${local}@example.com`)).toBeUndefined();
  });

  it.each(['山田', 'пример', 'मीना', 'مثال', 'nguyễn', '٣', '〇', 'ｱ'])('takes %s as it is', (local) => {
    expect(eaiKeyOf(`${local}@example.com`)).toBe(`${local}@example.com`);
  });
});
