import { isDomainError } from '../../../common/domain-error.js';
import { ShopifyInputError } from '../shopify.errors.js';
import { adminFaultOf, AdminInputError, adminRefusal, type Operation } from './admin.errors.js';
import type { AdminUserError } from './admin.types.js';

/** Runs an operation: a refusal travels inside the payload with nothing else in it, all else is thrown on. */
export async function adminPayload<T extends object>(
  operation: Operation,
  nothing: T,
  run: () => Promise<T>,
): Promise<T & { readonly userErrors: AdminUserError[] }> {
  try {
    return { ...(await run()), userErrors: [] };
  } catch (error) {
    return { ...nothing, userErrors: faultsIn(error, operation) };
  }
}

function faultsIn(error: unknown, operation: Operation): AdminUserError[] {
  if (error instanceof AdminInputError) return [...error.faults];
  if (error instanceof ShopifyInputError) return error.faults.map((fault) => adminFaultOf(fault));
  if (!isDomainError(error)) throw error;
  return [adminRefusal(error, operation)];
}
