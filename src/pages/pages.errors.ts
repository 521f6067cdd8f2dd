import type { DomainErrorCode, ErrorTable } from '../common/domain-error.js';
import { pageTexts } from './pages.texts.js';

/** What a page says to a refusal; 404: the page for links that do not work. */
export interface PageRefusal {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

/** The pages' wording, in the language of a store. */
export function pageErrors(locale: string): ErrorTable<PageRefusal> {
  const { errors, linkInvalid, tooMany, busy, notFound } = pageTexts(locale);
  const link = (): PageRefusal => ({ status: 404, ...linkInvalid });
  const wait = (): PageRefusal => ({ status: 429, ...tooMany });
  const nothing = (): PageRefusal => ({ status: 404, ...notFound });
  return {
    ACCOUNT_DISABLED: link,
    ACCOUNT_LOCKED: wait,
    ADDRESS_EXISTS: nothing,
    ADDRESS_NOT_FOUND: nothing,
    ADDRESSES_FULL: nothing,
    ALREADY_CONFIRMED: link,
    ALREADY_ENABLED: link,
    BUSY: () => ({ status: 503, ...busy }),
    CREDENTIALS_WRONG: nothing,
    CUSTOMER_NOT_FOUND: link,
    EMAIL_INVALID: () => field(errors.email),
    EMAIL_TAKEN: nothing,
    EMAIL_UNCONFIRMED: nothing,
    IN_USE: nothing,
    INVITATION_DECLINED: link,
    LIMIT_REACHED: wait,
    NOT_ALLOWED: nothing,
    NOT_SIGNED_IN: nothing,
    ...passwordErrors(locale),
    ...credentialErrors(nothing),
    PASSWORD_HASH_REFUSED: nothing,
    PASSWORD_WRONG: nothing,
    PHONE_TAKEN: nothing,
    PROFILE_INCOMPLETE: nothing,
    RESET_TOKEN_EXPIRED: link,
    RESET_TOKEN_INVALID: link,
    SECRET_EXPIRED: link,
    SECRET_INVALID: link,
    STORE_UNKNOWN: nothing,
    VALUE_TAKEN: nothing,
  };
}

/** Of tokens and assertions, which no page takes. */
function credentialErrors(
  nothing: () => PageRefusal,
): Pick<ErrorTable<PageRefusal>, 'IDENTIFIER_TAKEN' | 'MULTIPASS_REJECTED' | 'TOKEN_REJECTED' | 'TOKEN_TWICE'> {
  return {
    IDENTIFIER_TAKEN: nothing,
    MULTIPASS_REJECTED: nothing,
    TOKEN_REJECTED: nothing,
    TOKEN_TWICE: nothing,
  };
}

/** Beside the field, so that the next try can be better. */
function passwordErrors(locale: string): Pick<ErrorTable<PageRefusal>, PasswordRefusal> {
  const { errors } = pageTexts(locale);
  return {
    PASSWORD_BREACHED: () => field(errors.passwordBreached),
    PASSWORD_EDGE_SPACE: () => field(errors.passwordEdgeSpace),
    PASSWORD_IS_CONTEXT_WORD: () => field(errors.passwordIsName),
    PASSWORD_IS_EMAIL: () => field(errors.passwordIsEmail),
    PASSWORD_NOT_PLAIN: () => field(errors.passwordNotPlain),
    PASSWORD_TOO_COMMON: () => field(errors.passwordTooCommon),
    PASSWORD_TOO_FEW_CLASSES: ({ required }) => field(errors.passwordTooFewClasses(required)),
    PASSWORD_TOO_LONG: ({ maximum }) => field(errors.passwordTooLong(maximum)),
    PASSWORD_TOO_SHORT: ({ minimum }) => field(errors.passwordTooShort(minimum)),
  };
}

type PasswordRefusal = Exclude<
  Extract<DomainErrorCode, `PASSWORD_${string}`>,
  'PASSWORD_HASH_REFUSED' | 'PASSWORD_WRONG'
>;

function field(text: string): PageRefusal {
  return { status: 422, title: '', text };
}
