import type { AdobeCustomer } from '../dialects/adobe/adobe.types.js'; // refused

export type Admin = AdobeCustomer;
