import { Door } from '../lockout/index.js'; // refused

export const service = Door;
