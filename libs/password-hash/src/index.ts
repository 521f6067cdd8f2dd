export { Argon2Hasher, type Argon2HasherOptions, type HashEngines } from './argon2-hasher.js';
export { engines, type Argon2Engine } from './engine.js';
export { PasswordHasher } from './password-hasher.js';
export { HashQueueFull } from './slots.js';
export { HashRefused, type HashFault } from './stored-hash.js';
