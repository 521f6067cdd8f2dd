export class AdobeCustomer {}
