import { randomBytes } from 'node:crypto';
import nothing from 'no-package-of-this-name'; // refused

export const piece = [randomBytes, nothing];
