export class TokenService {}
