import { tellsAll, type Store } from '../../store/index.js';
import { settingsOf } from './adobe.caller.js';
import type { Voice } from './adobe.errors.js';

/** How a store answers; one that is not known tells nothing. */
export function voiceOf(store: Store | null): Voice {
  return {
    isPrivate: !store || !tellsAll(store),
    isLegacy: store !== null && settingsOf(store).profile === '2.4.7',
  };
}
