import { Door } from '../customer/index.js'; // refused

export const service = Door;
