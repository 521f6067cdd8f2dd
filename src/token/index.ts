export { AccessToken, type RevokeReason, type Surface } from './access-token.entity.js';
export { JWT_ALGORITHM, jwtDigest, JwtFormat, safeJson } from './jwt.format.js';
export { generateKey, KeyRing, readKeys, type SigningKey } from './key-ring.js';
export { opaqueDigest } from './opaque.format.js';
export { refreshDigest } from './refresh.format.js';
export { TokenModule } from './token.module.js';
export {
  TokenService,
  type IssuedToken,
  type PreparedSession,
  type RefreshTerms,
  type TokenOrder,
  type TokenTerms,
} from './token.service.js';
