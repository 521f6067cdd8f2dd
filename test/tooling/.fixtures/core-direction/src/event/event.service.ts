import { Door } from '../token/index.js'; // refused

export const service = Door;
