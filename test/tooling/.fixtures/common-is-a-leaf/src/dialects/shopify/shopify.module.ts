export class Shopify {}
