import { one as self } from './index.js';

export const one = () => self;
