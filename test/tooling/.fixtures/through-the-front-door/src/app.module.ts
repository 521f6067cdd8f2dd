import { TokenRepository } from './token/token.repository.js';

export const app = TokenRepository;
