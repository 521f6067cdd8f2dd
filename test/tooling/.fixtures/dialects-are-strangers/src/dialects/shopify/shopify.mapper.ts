import { AdobeCustomer } from '../adobe/adobe.types.js'; // refused
import { page } from '../../pages/page.js'; // refused
import { ShopifyCustomer } from './shopify.types.js';

export const mapper = [AdobeCustomer, page, ShopifyCustomer];
