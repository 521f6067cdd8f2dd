import Handlebars from 'handlebars';

/** What is around every page. */
export interface Frame {
  readonly lang: string;
  /** Whose page this is: to customers the shop, never us. */
  readonly brand: string;
  readonly title: string;
  /** For lists and long lines; forms are easier in a narrow column. */
  readonly isWide?: boolean;
}

// The policy of these pages allows our style sheet and, where a password is chosen, one script of ours; nothing inline (SEC-88).
const layout = `<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{{title}} – {{brand}}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/keyturn.css">
</head>
<body{{#if isWide}} class="wide"{{/if}}>
<header><p class="brand">{{brand}}</p></header>
<main>
<h1>{{title}}</h1>
{{> @partial-block}}
</main>
</body>
</html>
`;

const views = Handlebars.create();
views.registerPartial('layout', layout);

export type View<Model extends object> = (frame: Frame, model: Model) => string;

/** Compiles the inside of a page, once; the page escapes all it shows and fails when a value is missing. */
export function view(body: string): View<object> {
  const template = views.compile(`{{#> layout}}\n${body.trim()}\n{{/layout}}`, {
    strict: true,
    knownHelpersOnly: true,
  });
  return (frame, model) => template({ ...frame, ...model });
}
