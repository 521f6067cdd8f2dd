/**
 * Tells how soon a password would be guessed, while it is being typed; what is typed stays in the browser. The estimate and
 * its dictionary are loaded when the field is entered. Without script, or without those, the form works as before.
 */
export const strengthScript = `(() => {
  const field = document.getElementById('password');
  const strength = document.getElementById('password-strength');
  if (!field || !strength) return;
  const [meter, text] = strength.children;
  const { words, names, ...levels } = strength.dataset;
  let loading = null;
  let estimate = null;
  let timer = 0;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = words;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }).then(() => {
      const { core, words: dictionary, graphs } = zxcvbnts;
      const lists = Object.entries(dictionary).map(([name, list]) => [name, list.split('\\n')]);
      const factory = new core.ZxcvbnFactory({ dictionary: Object.fromEntries(lists), graphs });
      const known = [names, ...names.split(/\\s+/), 'keyturn'];
      estimate = (password) => factory.check(password.slice(0, 100), known).score;
      show();
    }, () => undefined);
  }

  function show() {
    const isShown = estimate !== null && field.value !== '';
    strength.classList.toggle('shown', isShown);
    meter.hidden = !isShown;
    if (!isShown) return void (text.textContent = '');
    const score = estimate(field.value);
    meter.value = score + 1;
    const told = levels['level' + score];
    if (text.textContent !== told) text.textContent = told;
  }

  field.addEventListener('focus', load);
  field.addEventListener('input', () => {
    load();
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  });
  if (field.value !== '' || document.activeElement === field) load();
})();
`;
