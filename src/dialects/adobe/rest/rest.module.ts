import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CustomerModule } from '../../../customer/index.js';
import { EmailConfirmationModule } from '../../../email-confirmation/index.js';
import { PasswordResetModule } from '../../../password-reset/index.js';
import { StoreModule } from '../../../store/index.js';
import { AdobeHandlers } from '../adobe.module.js';
import { AdobeRestAddressController } from './address.controller.js';
import { AdobeRestConfirmationController } from './confirmation.controller.js';
import { AdobeRestCustomerController } from './customer.controller.js';
import { AdobeRestPasswordController } from './password.controller.js';
import { AdobeRestCaller } from './rest.caller.js';
import { RestCustomers } from './rest.customers.js';
import { AdobeRestSchemaController } from './schema.controller.js';
import { AdobeRestSearchController } from './search.controller.js';
import { AdobeRestWire } from './rest.wire.js';
import { AdobeRestTokenController } from './token.controller.js';

/** Adobe Commerce's REST at `/rest/V1` and `/rest/{store}/V1`. */
@Module({
  imports: [AdobeHandlers, CustomerModule, DiscoveryModule, EmailConfirmationModule, PasswordResetModule, StoreModule],
  controllers: [
    AdobeRestTokenController,
    AdobeRestPasswordController,
    AdobeRestConfirmationController,
    AdobeRestAddressController,
    AdobeRestCustomerController,
    AdobeRestSearchController,
    AdobeRestSchemaController,
  ],
  providers: [AdobeRestCaller, AdobeRestWire, RestCustomers],
})
export class AdobeRestModule {}
