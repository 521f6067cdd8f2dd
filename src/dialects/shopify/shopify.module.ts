import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { documentRules } from '#lib/graphql-limits';
import { ScopedMercuriusDriver, type ScopedMercuriusConfig } from '#lib/scoped-mercurius';
import { ActivationModule } from '../../activation/index.js';
import { Config } from '../../config/index.js';
import { CustomerModule } from '../../customer/index.js';
import { EmailConfirmationModule } from '../../email-confirmation/index.js';
import { PasswordResetModule } from '../../password-reset/index.js';
import { StoreModule } from '../../store/index.js';
import { ShopifyActivationResolver } from './activation.resolver.js';
import { ShopifyAddressResolver } from './address.resolver.js';
import { ShopifyAddressFields, ShopifyCustomerFields } from './customer.fields.js';
import { ShopifyCustomerResolver } from './customer.resolver.js';
import { vendorRules } from './document.rules.js';
import { ShopifyMultipassResolver } from './multipass.resolver.js';
import { ShopifyRecoveryResolver } from './recovery.resolver.js';
import { ShopifyShopResolver } from './shop.resolver.js';
import { ShopifyAdmission } from './shopify.admission.js';
import { ShopifyCaller } from './shopify.caller.js';
import { inVendorsForm } from './shopify.context.js';
import { ShopifyFilter } from './shopify.filter.js';
import { ShopifyFormatter } from './shopify.formatter.js';
import { ShopifyOrigins } from './shopify.origins.js';
import { STOREFRONT_PATH } from './shopify.paths.js';
import { ShopifySchema } from './shopify.schema.js';
import { ShopifyScopes } from './shopify.scopes.js';
import { ShopifyUpstream } from './shopify.upstream.js';
import { ShopifyTokenResolver } from './token.resolver.js';

/** Operations that take a password, a mailed secret or a merchant's word; one a request (SEC-62). */
const CREDENTIAL_FIELDS = [
  'customerAccessTokenCreate',
  'customerAccessTokenCreateWithMultipass',
  'customerActivate',
  'customerActivateByUrl',
  'customerCreate',
  'customerRecover',
  'customerReset',
  'customerResetByUrl',
  'customerUpdate',
];

/** What the schema's module needs from the application. */
@Module({
  imports: [ActivationModule, CustomerModule, EmailConfirmationModule, PasswordResetModule, StoreModule],
  providers: [
    ShopifyActivationResolver,
    ShopifyAddressFields,
    ShopifyAddressResolver,
    ShopifyAdmission,
    ShopifyCaller,
    ShopifyCustomerFields,
    ShopifyCustomerResolver,
    ShopifyFilter,
    ShopifyFormatter,
    ShopifyMultipassResolver,
    ShopifyOrigins,
    ShopifyRecoveryResolver,
    ShopifyScopes,
    ShopifyShopResolver,
    ShopifyTokenResolver,
    ShopifyUpstream,
  ],
  exports: [ShopifyAdmission, ShopifyFormatter, ShopifyOrigins],
})
export class ShopifyHandlers {}

/** Shopify's Storefront GraphQL at `/api/{version}/graphql.json`. */
@Module({
  imports: [
    ShopifyHandlers,
    GraphQLModule.forRootAsync<ScopedMercuriusConfig>({
      driver: ScopedMercuriusDriver,
      imports: [ShopifyHandlers],
      inject: [ShopifyAdmission, ShopifyFormatter, ShopifyOrigins, Config],
      useFactory: (
        admission: ShopifyAdmission,
        { dress, format, refuse, checkVariables }: ShopifyFormatter,
        crossOrigin: ShopifyOrigins,
        { environment }: Config,
      ) => ({
        path: STOREFRONT_PATH,
        include: [ShopifyHandlers, ShopifySchema],
        transformSchema: inVendorsForm,
        bareDocuments: true,
        context: dress,
        admit: (request) => admission.admit(request),
        hooks: {
          preExecution: (schema, document, context) => {
            checkVariables(schema, document, context);
            return admission.checkBuyer(schema, document, context.reply.request);
          },
        },
        errorFormatter: format,
        errorHandler: refuse,
        validationRules: [
          ...vendorRules,
          ...documentRules({ isProduction: environment === 'production', credentialFields: CREDENTIAL_FIELDS }),
        ],
        crossOrigin,
        elsewhere: admission.elsewhere,
        isServed: admission.isServed,
      }),
    }),
  ],
})
export class ShopifyModule {}
