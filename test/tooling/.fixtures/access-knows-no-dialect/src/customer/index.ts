export class Customer {}
