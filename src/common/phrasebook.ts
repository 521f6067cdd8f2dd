import Handlebars from 'handlebars';

type Texts<T> = { readonly [K in keyof T]: string };
type Own<T> = { readonly [K in keyof T]?: string };
type Values = Readonly<Record<string, string | number>>;

/** Says a text in one language; the answer is not escaped, whoever shows it does that. */
export type Say<T> = (key: keyof T, values?: Values) => string;

/** What we say to people, by locale, as handlebars templates. A locale may lack texts; English lacks none. */
export class Phrasebook<T extends Texts<T>> {
  /** Of each locale with texts of its own, all of them: what it lacks is its language's, or English. */
  private readonly texts: ReadonlyMap<string, Texts<T>>;

  constructor(
    private readonly english: T,
    private readonly others: ReadonlyMap<string, Own<T>>,
  ) {
    this.texts = new Map([...others.keys()].map((locale) => [locale, { ...english, ...this.ownOf(locale) }]));
  }

  /** The locale whose texts are taken for one: itself, its language, or English. */
  languageOf(locale: string): string {
    return [locale, primary(locale)].find((tag) => this.others.has(tag)) ?? 'en';
  }

  /** The voice for a locale; what it lacks is said as its language has it, or in English. */
  sayIn(locale: string): Say<T> {
    const texts: Texts<T> = this.texts.get(this.languageOf(locale)) ?? this.english;
    return (key, values = {}) => compiled(texts[key])(values);
  }

  /** What is wrong with the texts: `de: greeting is missing`, `de: greeting has other values`. */
  faults(): string[] {
    return [...this.others.keys()].flatMap((locale) => {
      const own: Readonly<Record<string, string | undefined>> = this.ownOf(locale);
      return Object.entries<string>(this.english).flatMap(([key, text]) => {
        const said = own[key];
        if (said === undefined) return [`${locale}: ${key} is missing`];
        return valuesIn(said) === valuesIn(text) ? [] : [`${locale}: ${key} has other values`];
      });
    });
  }

  private ownOf(locale: string): Own<T> {
    return Object.assign({}, this.others.get(primary(locale)), this.others.get(locale));
  }
}

function primary(locale: string): string {
  return locale.split('-')[0] ?? '';
}

/** The names of the values that a text takes, in an order of their own. */
function valuesIn(text: string): string {
  return [...new Set(text.match(/{{.*?}}/g))].sort().join(' ');
}

const templates = new Map<string, Handlebars.TemplateDelegate<Values>>();

/** Compiles each of our texts once; what people typed is only ever a value (SEC-70). */
function compiled(text: string): Handlebars.TemplateDelegate<Values> {
  const known = templates.get(text);
  if (known) return known;
  const template = Handlebars.compile<Values>(text, { noEscape: true, strict: true, knownHelpersOnly: true });
  templates.set(text, template);
  return template;
}
