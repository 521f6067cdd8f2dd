const LONE_SURROGATE = /\p{Surrogate}/u;
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
// eslint-disable-next-line no-control-regex -- as above; tab and line feed are allowed in notes
const CONTROL_IN_NOTES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Whether a text is well-formed Unicode without control characters (SEC-4). */
export function isPlainText(text: string): boolean {
  return !LONE_SURROGATE.test(text) && !CONTROL.test(text);
}

/** As `isPlainText`, but tabs and line feeds may stand in it (SEC-4: notes). */
export function isPlainNote(text: string): boolean {
  return !LONE_SURROGATE.test(text) && !CONTROL_IN_NOTES.test(text);
}

/** The length in code points, which is how people count characters. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** A text for logs and mail headers: control characters and lone surrogates replaced, cut at `limit` UTF-16 units. */
export function oneLine(text: string, limit = 500): string {
  return text.toWellFormed().replace(new RegExp(CONTROL, 'g'), ' ').slice(0, limit);
}
