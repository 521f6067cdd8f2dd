import { Door } from '../event/index.js'; // refused

export const service = Door;
