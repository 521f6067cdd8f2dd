import { newSecret } from '#lib/opaque-token';
import { missing } from './missing.js'; // refused
import { nothing } from '#lib/nothing'; // refused

export const service = [newSecret, missing, nothing];
