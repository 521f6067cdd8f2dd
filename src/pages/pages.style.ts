/** The one style sheet, at `/assets/keyturn.css`. Texts have a contrast of at least 4.5:1 in both colour schemes. */
export const stylesheet = `:root {
  color-scheme: light dark;
  --page: #f5f4f1;
  --card: #ffffff;
  --edge: #e0ddd6;
  --field: #858c93;
  --ink: #1c2126;
  --muted: #565e66;
  --accent: #0f5c5a;
  --accent-strong: #0a4443;
  --on-accent: #ffffff;
  --error: #a4201c;
}

@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a;
    --card: #1d2125;
    --edge: #343a40;
    --field: #7b848d;
    --ink: #eceae6;
    --muted: #a9b0b7;
    --accent: #8ad3ca;
    --accent-strong: #b2e5de;
    --on-accent: #0b1f1d;
    --error: #ffb4ab;
  }
}

*, *::before, *::after { box-sizing: border-box; }

html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }

body {
  margin: 0;
  min-height: 100vh;
  padding: clamp(2rem, 9vh, 6rem) 1rem 3rem;
  background: var(--page);
  color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}

header, main { max-width: 27rem; margin-inline: auto; }

.wide :is(header, main) { max-width: 44rem; }

.brand {
  margin: 0 0 1.5rem;
  font-size: 1.375rem;
  font-weight: 650;
  line-height: 1.3;
  letter-spacing: -0.01em;
  text-align: center;
  text-wrap: balance;
}

main {
  padding: clamp(1.5rem, 6vw, 2.5rem);
  background: var(--card);
  border: 1px solid var(--edge);
  border-radius: 0.875rem;
  box-shadow: 0 1px 2px rgb(0 0 0 / 4%), 0 12px 32px rgb(0 0 0 / 5%);
}

h1 { margin: 0 0 1rem; font-size: 1.5rem; font-weight: 650; line-height: 1.25; letter-spacing: -0.015em; text-wrap: balance; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.125rem; font-weight: 650; line-height: 1.35; }
p { margin: 0 0 1rem; }
main > :last-child, form > :last-child { margin-bottom: 0; }

a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: 2px; }

:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 0.25rem; }

form { margin-top: 1.5rem; }
label { display: block; margin-bottom: 0.375rem; font-weight: 600; }

.hint { margin-bottom: 0.625rem; color: var(--muted); font-size: 0.9375rem; line-height: 1.5; }
.error { margin-bottom: 0.625rem; padding-left: 0.75rem; border-left: 3px solid var(--error); color: var(--error); font-weight: 600; line-height: 1.5; }

input {
  display: block;
  width: 100%;
  min-height: 3rem;
  margin: 0 0 1.5rem;
  padding: 0.625rem 0.875rem;
  border: 1px solid var(--field);
  border-radius: 0.5rem;
  background: var(--card);
  color: inherit;
  font: inherit;
}

input:focus-visible { border-color: var(--accent); border-radius: 0.5rem; outline-offset: 1px; }
input[aria-invalid="true"] { border: 2px solid var(--error); }

#password-strength p { margin: 0; }
#password-strength.shown { margin: -0.75rem 0 1.5rem; font-size: 0.9375rem; line-height: 1.5; }
meter { display: block; width: 100%; height: 0.875rem; }
[hidden] { display: none; }

button, .button {
  display: block;
  width: 100%;
  min-height: 3rem;
  padding: 0.6875rem 1.25rem;
  border: 1px solid transparent;
  border-radius: 0.5rem;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}

button:hover, .button:hover { background: var(--accent-strong); color: var(--on-accent); }
button:focus-visible, .button:focus-visible { border-radius: 0.5rem; }
.action { margin-top: 1.75rem; }

.list { margin: 0; padding: 0; list-style: none; }
.list > li { padding: 0.875rem 0; border-top: 1px solid var(--edge); }
.list > li:last-child { border-bottom: 1px solid var(--edge); }
.list a { margin-right: 0.5rem; font-weight: 600; }
.list .hint { margin: 0.125rem 0 0; }
ol { margin: 0 0 1rem; padding-left: 1.5rem; }
ol > li { margin-bottom: 0.5rem; padding-left: 0.25rem; }

.facts { margin: 0 0 1.5rem; }
.facts > div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.5rem 0; border-top: 1px solid var(--edge); }
.facts > div:last-child { border-bottom: 1px solid var(--edge); }
dt { flex: 0 0 11rem; color: var(--muted); }
dd { flex: 1 1 14rem; margin: 0; }

code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.9375em; }
code { color: var(--muted); }
dd code { color: inherit; }

pre {
  margin: 0 0 1.5rem;
  padding: 1.25rem;
  border: 1px solid var(--edge);
  border-radius: 0.5rem;
  background: var(--page);
  line-height: 1.6;
  white-space: pre-wrap;
}

.more { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
time { white-space: nowrap; }
.empty { color: var(--muted); }
`;
