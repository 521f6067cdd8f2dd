export { parseCidrList } from './cidr-list.js';
export { networkKey } from './network-key.js';
