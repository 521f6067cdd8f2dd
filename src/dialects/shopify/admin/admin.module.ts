import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { documentRules } from '#lib/graphql-limits';
import { ScopedMercuriusDriver, type ScopedMercuriusConfig } from '#lib/scoped-mercurius';
import { ActivationModule } from '../../../activation/index.js';
import { Config } from '../../../config/index.js';
import { CustomerModule } from '../../../customer/index.js';
import { StoreDirectory, StoreModule } from '../../../store/index.js';
import { vendorRules } from '../document.rules.js';
import { inVendorsName } from '../shopify.context.js';
import { ADMIN_PATH } from '../shopify.paths.js';
import { ShopifyAdminCaller } from './admin.caller.js';
import { AdminCustomers } from './admin.customers.js';
import { extensionsOf } from './admin.extensions.js';
import { ShopifyAdminFilter } from './admin.filter.js';
import { ShopifyAdminAdmission, ShopifyAdminFormatter } from './admin.formatter.js';
import { ShopifyAdminSchema } from './admin.schema.js';
import { ShopifyAdminScopes } from './admin.scopes.js';
import { AdminAddressFields, AdminCustomerFields } from './customer.fields.js';
import { AdminCustomerResolver } from './customer.resolver.js';
import { AdminInvitationResolver } from './invitation.resolver.js';
import { AdminRecordResolver } from './record.resolver.js';

/** What the schema's module needs from the application. */
@Module({
  imports: [ActivationModule, CustomerModule, StoreModule],
  providers: [
    AdminAddressFields,
    AdminCustomerFields,
    AdminCustomerResolver,
    AdminCustomers,
    AdminInvitationResolver,
    AdminRecordResolver,
    ShopifyAdminAdmission,
    ShopifyAdminCaller,
    ShopifyAdminFilter,
    ShopifyAdminFormatter,
    ShopifyAdminScopes,
  ],
  exports: [ShopifyAdminAdmission, ShopifyAdminFormatter],
})
export class ShopifyAdminHandlers {}

/** What of Shopify's Admin GraphQL is about customers, at `/admin/api/{version}/graphql.json`. */
@Module({
  imports: [
    ShopifyAdminHandlers,
    GraphQLModule.forRootAsync<ScopedMercuriusConfig>({
      driver: ScopedMercuriusDriver,
      imports: [ShopifyAdminHandlers, StoreModule],
      inject: [ShopifyAdminAdmission, ShopifyAdminFormatter, Config, StoreDirectory],
      useFactory: (
        admission: ShopifyAdminAdmission,
        { dress, format, refuse, checkVariables }: ShopifyAdminFormatter,
        { environment }: Config,
        stores: StoreDirectory,
      ) => ({
        path: ADMIN_PATH,
        include: [ShopifyAdminHandlers, ShopifyAdminSchema],
        transformSchema: inVendorsName,
        bareDocuments: true,
        context: dress,
        admit: (request) => admission.admit(request),
        hooks: {
          preExecution: checkVariables,
          onResolution: (execution, { reply }) => {
            execution.extensions = { ...execution.extensions, ...extensionsOf(execution, reply.request) };
          },
        },
        errorFormatter: format,
        errorHandler: refuse,
        validationRules: [
          ...vendorRules,
          ...documentRules({ isProduction: environment === 'production', credentialFields: [] }),
        ],
        isServed: () => stores.speaks('shopify'),
      }),
    }),
  ],
})
export class ShopifyAdminModule {}
