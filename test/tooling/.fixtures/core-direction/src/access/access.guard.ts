export class AccessGuard {}
