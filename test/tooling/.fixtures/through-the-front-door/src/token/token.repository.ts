export class TokenRepository {}
