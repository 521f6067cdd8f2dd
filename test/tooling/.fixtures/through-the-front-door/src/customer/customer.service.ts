import { TokenService } from '../token/index.js';
import { TokenRepository } from '../token/token.repository.js'; // refused
import { Customer } from './customer.entity.js';

export const service = [TokenService, TokenRepository, Customer];
