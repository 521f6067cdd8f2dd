export class LimitService {}
