export { parseCidrList } from './cidr-list.js';
export { networkKey } from './network-key.js';
export { isPublicAddress } from './public-address.js';
