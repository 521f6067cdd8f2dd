export class ShopifyCustomer {}
