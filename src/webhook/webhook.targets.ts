import { isIP } from 'node:net';
import { isPublicAddress } from '#lib/network-address';
import type { Config } from '../config/index.js';
import type { Store } from '../store/index.js';

/** Why a URL cannot be called: it is none, or its address is not of the public internet. */
export type TargetFault = 'invalid' | 'private';

/**
 * Judges a URL by its spelling, so that mistakes are told at once; what a name leads to is judged at every call. A name
 * or password in it would be sent to whoever answers there.
 */
export function targetFault(url: string, { settings }: Pick<Store, 'settings'>): TargetFault | null {
  if (!URL.canParse(url) || /[\s\\]/.test(url)) return 'invalid';
  const { protocol, hostname, username, password, hash } = new URL(url);
  if (!['http:', 'https:'].includes(protocol) || username !== '' || password !== '' || hash !== '') return 'invalid';
  if (settings.commerceLayer?.webhookPrivateTargets) return null;
  const address = hostname.replace(/^\[|\]$/g, '');
  const isLocal = isIP(address) === 0 ? /(?:^|\.)localhost\.?$/.test(address) : !isPublicAddress(address);
  return isLocal ? 'private' : null;
}

/** Whether secrets may go there: by https, and for a developer's own receiver by http, too (SEC-33). */
export function mayCarrySecrets(
  url: string,
  { settings }: Pick<Store, 'settings'>,
  { environment }: Pick<Config, 'environment'>,
): boolean {
  if (new URL(url).protocol === 'https:') return true;
  return environment !== 'production' && settings.commerceLayer?.webhookPrivateTargets === true;
}
