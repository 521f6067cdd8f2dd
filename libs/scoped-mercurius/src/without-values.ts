const VARIABLE = /^Variable "\$\w+" got invalid value /;
/** Where in a variable the fault is, and what it is, at the end of a text; nothing of it was sent as a value. */
const PLACE = String.raw`(?: at "[\w.[\]]+")?; `;
const SHAPE = new RegExp(
  `${PLACE}(?:Field (?:"\\w+"|[\\w.]+) (?:of required type "?[\\w![\\]]+"? was not provided|is not defined by type "?\\w+"?)\\.` +
    `(?: Did you mean [^?]+\\?)?|Expected (?:non-nullable )?type "?[\\w![\\]]+"? (?:to be an object|not to be null)\\.)$`,
);
const SCALAR = new RegExp(`${PLACE}(?:Expected type \\w+; )?(\\w+ cannot represent [\\w -]*value): `);

/**
 * A text of GraphQL's without what it quotes of the request: types and names stay, values go. A client that sends a
 * password in the wrong place would find it in the answer, and in whatever keeps answers (SEC-21).
 */
export function withoutValues(text: string): string {
  const [variable] = VARIABLE.exec(text) ?? [];
  if (variable) return variable.trimEnd() + faultOf(text.slice(variable.length));
  return text
    .replace(/^("?\w+"?(?: "\w+")? cannot represent [\w -]*value): [\s\S]*$/, '$1.')
    .replace(/^(Expected value of type "[\w![\]]+", found) [\s\S]*$/, '$1 another.')
    .replace(/^(Syntax Error: [\s\S]*?(?:String|Int|Float)) "[\s\S]*$/, '$1.');
}

function faultOf(quoted: string): string {
  const shape = SHAPE.exec(quoted)?.[0];
  if (shape) return shape;
  const [scalar, fault] = SCALAR.exec(quoted) ?? [];
  return scalar && fault ? `${/^ at "[^"]+"/.exec(scalar)?.[0] ?? ''}; ${fault}.` : '.';
}

/** Without GraphQL's hints at names of the schema (SEC-64). */
export function withoutHints(message: string): string {
  return message.replace(/ Did you mean [\s\S]*$/, '');
}
