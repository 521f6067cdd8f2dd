/** A JSON array of passwords that were found in leaks, the commonest first, in lower case. MIT, @zxcvbn-ts/language-common. */
export const commonPasswordsFile: string = require.resolve('@zxcvbn-ts/language-common/src/passwords.json');
