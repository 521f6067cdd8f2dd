import { view, type Frame, type View } from './layout.view.js';
import { pagePhrases } from './pages.texts.js';

/** Whose page a customer sees, and in which language. */
export interface ShopPage {
  readonly locale: string;
  readonly storeName: string;
}

/** A page that tells something and offers at most one way on. */
interface Notice {
  readonly texts: readonly string[];
  readonly next?: { readonly href: string; readonly label: string } | undefined;
}

export const noticeView: View<Notice> = view(`
{{#each texts}}
<p>{{this}}</p>
{{/each}}
{{#if next}}
<p class="action"><a class="button" href="{{next.href}}">{{next.label}}</a></p>
{{/if}}
`);

export function shopFrame({ locale, storeName }: ShopPage, title: string): Frame {
  return { lang: pagePhrases.languageOf(locale), brand: storeName, title };
}

/** A page with one text: too many tries, an expired form, a fault. */
export function messagePage(page: ShopPage & { readonly title: string; readonly text: string }): string {
  return noticeView(shopFrame(page, page.title), { texts: [page.text] });
}
