export { MultipassError, openMultipass } from './multipass.js';
export type { MultipassFault, MultipassToken } from './multipass.js';
