import Handlebars from 'handlebars';

/** A mail before it takes a form; every text in it is plain and on one line. */
export interface Letter {
  readonly language: string;
  readonly subject: string;
  readonly store: string;
  readonly blocks: readonly Block[];
}

/** A paragraph, or a link that stands alone. */
export interface Block {
  readonly text: string;
  readonly isLink: boolean;
}

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const PARAGRAPH = `margin:0 0 20px;${FONT};font-size:16px;line-height:1.55;color:#1c2126`;

// What has no style sheet shows the light colours; nothing is loaded from anywhere (SEC-71).
const html = Handlebars.create().compile<Letter>(
  `<!doctype html>
<html lang="{{language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>{{subject}}</title>
<style>
@media (prefers-color-scheme:dark){
.page{background:#14171a !important}
.card{background:#1d2125 !important;border-color:#343a40 !important}
.text{color:#eceae6 !important}
.link{background:#14171a !important;border-color:#343a40 !important}
.target{color:#8ad3ca !important}
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f5f4f1">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f5f4f1">
<tr><td align="center" style="padding:32px 16px 48px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
<tr><td class="text" style="padding:0 8px 20px;${FONT};font-size:20px;line-height:1.3;font-weight:600;color:#1c2126;overflow-wrap:anywhere;word-break:break-word">{{store}}</td></tr>
<tr><td class="card" style="padding:32px 28px 12px;background:#ffffff;border:1px solid #e0ddd6;border-radius:12px;overflow-wrap:anywhere;word-break:break-word">
{{#each blocks}}
{{#if isLink}}
<p class="link" style="margin:0 0 20px;padding:16px;background:#f5f4f1;border:1px solid #e0ddd6;border-radius:8px;${FONT};font-size:16px;line-height:1.5;word-break:break-all"><a class="target" href="{{text}}" style="color:#0f5c5a;font-weight:600">{{text}}</a></p>
{{else}}
<p class="text" style="${PARAGRAPH}">{{text}}</p>
{{/if}}
{{/each}}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`,
  { strict: true, knownHelpersOnly: true },
);

/** The HTML part, everything in it escaped; the text of a link is its target (SEC-71). */
export function htmlPart(letter: Letter): string {
  return html(letter);
}

/** The text part: a link has its line to itself, unbracketed, so that any program finds its end (SEC-71). */
export function textPart({ blocks, store }: Letter): string {
  return [...blocks.map(({ text }) => text), store].join('\n\n') + '\n';
}
