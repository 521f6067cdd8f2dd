import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { documentRules } from '#lib/graphql-limits';
import { ScopedMercuriusDriver, type ScopedMercuriusConfig } from '#lib/scoped-mercurius';
import { Config } from '../../config/index.js';
import { CustomerModule } from '../../customer/index.js';
import { EmailConfirmationModule } from '../../email-confirmation/index.js';
import { LockoutModule } from '../../lockout/index.js';
import { PasswordResetModule } from '../../password-reset/index.js';
import { StoreDirectory, StoreModule } from '../../store/index.js';
import { AdobeAddressFields } from './address.fields.js';
import { AdobeAddressResolver } from './address.resolver.js';
import { AdobeAdmission } from './adobe.admission.js';
import { AdobeCaller } from './adobe.caller.js';
import { AdobeDisclosure } from './adobe.disclosure.js';
import { AdobeFilter } from './adobe.filter.js';
import { AdobeFormatter } from './adobe.formatter.js';
import { withUids, type IdForm } from './adobe.ids.js';
import { AdobeRegistration } from './adobe.registration.js';
import { AdobeSchema } from './adobe.schema.js';
import { AdobeTokens } from './adobe.tokens.js';
import { AdobeAttributeSelectedOption, AdobeAttributeSelectedOptions, AdobeAttributeValue } from './adobe.types.js';
import { AdobeCustomerFields } from './customer.fields.js';
import { AdobeCustomerResolver } from './customer.resolver.js';
import { AdobeDirectoryResolver } from './directory.resolver.js';
import { AdobeEmailResolver } from './email.resolver.js';
import { AdobeNewsletterResolver } from './newsletter.resolver.js';
import { AdobeProfileResolver } from './profile.resolver.js';
import { AdobeRecoveryResolver } from './recovery.resolver.js';
import { AdobeTokenResolver } from './token.resolver.js';

const PATH = '/graphql';

/** Operations that take a password or a mailed secret; one a request (SEC-62). */
const CREDENTIAL_FIELDS = [
  'generateCustomerToken',
  'generateCustomerTokenAsAdmin',
  'requestPasswordResetEmail',
  'resetPassword',
  'changeCustomerPassword',
  'updateCustomer',
  'createCustomer',
  'createCustomerV2',
  'confirmEmail',
  'resendConfirmationEmail',
  'updateCustomerEmail',
];

/** What the schema's module needs from the application. */
@Module({
  imports: [CustomerModule, EmailConfirmationModule, LockoutModule, PasswordResetModule, StoreModule],
  providers: [
    AdobeAdmission,
    AdobeCaller,
    AdobeDisclosure,
    AdobeFilter,
    AdobeFormatter,
    AdobeAddressFields,
    AdobeAddressResolver,
    AdobeCustomerFields,
    AdobeCustomerResolver,
    AdobeDirectoryResolver,
    AdobeEmailResolver,
    AdobeNewsletterResolver,
    AdobeProfileResolver,
    AdobeRecoveryResolver,
    AdobeRegistration,
    AdobeTokenResolver,
    AdobeTokens,
  ],
  exports: [AdobeAdmission, AdobeCaller, AdobeDisclosure, AdobeFormatter, AdobeRegistration, AdobeTokens],
})
export class AdobeHandlers {}

/** The schema of a store's release; the releases differ in what a customer's id is. */
function endpointOf(variant: IdForm): DynamicModule {
  return GraphQLModule.forRootAsync<ScopedMercuriusConfig>({
    driver: ScopedMercuriusDriver,
    imports: [AdobeHandlers, StoreModule],
    inject: [AdobeAdmission, AdobeFormatter, Config, StoreDirectory],
    useFactory: (
      admission: AdobeAdmission,
      { format }: AdobeFormatter,
      { environment }: Config,
      stores: StoreDirectory,
    ) => ({
      path: PATH,
      include: [AdobeHandlers, AdobeSchema],
      buildSchemaOptions: {
        orphanedTypes: [AdobeAttributeSelectedOption, AdobeAttributeSelectedOptions, AdobeAttributeValue],
      },
      ...(variant === 'uid' ? { transformSchema: withUids } : {}),
      variant: { name: 'adobeIdForm', value: variant, of: admission.idFormFor },
      admit: (request) => admission.admit(request),
      errorFormatter: format,
      validationRules: [
        ...documentRules({ isProduction: environment === 'production', credentialFields: CREDENTIAL_FIELDS }),
      ],
      isServed: () => stores.speaks('adobe'),
    }),
  });
}

/** Adobe Commerce's GraphQL at `/graphql`. */
@Module({ imports: [AdobeHandlers, endpointOf('number'), endpointOf('uid')] })
export class AdobeModule {}
