import { TokenService } from '../token/token.service.js'; // refused

export const command = TokenService;
