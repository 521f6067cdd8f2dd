import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { ScopedMercuriusDriver, type ScopedMercuriusConfig } from '#lib/scoped-mercurius';
import { Config } from '../../config/index.js';
import { CustomerModule } from '../../customer/index.js';
import { EmailConfirmationModule } from '../../email-confirmation/index.js';
import { LockoutModule } from '../../lockout/index.js';
import { PasswordResetModule } from '../../password-reset/index.js';
import { StoreDirectory, StoreModule } from '../../store/index.js';
import { TokenModule } from '../../token/index.js';
import { onlySignsIn } from './admin.document.js';
import { CommonGroundAdminSessionResolver } from './admin-session.resolver.js';
import { CommonGroundAccountResolver } from './account.resolver.js';
import { CommonGroundBuyerFields } from './buyer.fields.js';
import { CommonGroundBuyerFinder } from './buyer.finder.js';
import { CommonGroundBuyerRecordResolver } from './buyer-record.resolver.js';
import { CommonGroundBuyerResolver } from './buyer.resolver.js';
import { CommonGroundAdminCaller, CommonGroundClientCaller } from './common-ground.caller.js';
import { endpointOf } from './common-ground.endpoint.js';
import { adminErrors, clientErrors } from './common-ground.errors.js';
import { CommonGroundFormatter } from './common-ground.formatter.js';
import { CommonGroundAdminSchema, CommonGroundClientSchema } from './common-ground.schema.js';
import { CommonGroundRecoveryResolver } from './recovery.resolver.js';
import { CommonGroundSessionResolver } from './session.resolver.js';
import { CommonGroundUserResolver } from './user.resolver.js';
import { CommonGroundLoginFields, CommonGroundUserFields } from './user.fields.js';

/** What the admin surface's schema needs from the application. */
@Module({
  imports: [CustomerModule, EmailConfirmationModule, PasswordResetModule, StoreModule],
  providers: [
    CommonGroundAdminCaller,
    CommonGroundAdminSessionResolver,
    CommonGroundBuyerFields,
    CommonGroundBuyerFinder,
    CommonGroundBuyerRecordResolver,
    CommonGroundBuyerResolver,
    CommonGroundFormatter,
  ],
  exports: [CommonGroundAdminCaller, CommonGroundFormatter],
})
export class CommonGroundAdminHandlers {}

/** What the client surface's schema needs from the application. */
@Module({
  imports: [CustomerModule, EmailConfirmationModule, LockoutModule, PasswordResetModule, StoreModule, TokenModule],
  providers: [
    CommonGroundAccountResolver,
    CommonGroundClientCaller,
    CommonGroundFormatter,
    CommonGroundLoginFields,
    CommonGroundRecoveryResolver,
    CommonGroundSessionResolver,
    CommonGroundUserFields,
    CommonGroundUserResolver,
  ],
  exports: [CommonGroundClientCaller, CommonGroundFormatter],
})
export class CommonGroundClientHandlers {}

const admin = {
  path: '/cg/admin/graphql',
  include: [CommonGroundAdminHandlers, CommonGroundAdminSchema],
  errors: adminErrors,
  credentialFields: ['sessionLoginApi', 'userBuyerCreate', 'userBuyerCreatePasswordToken', 'userVerify'],
  opensTo: onlySignsIn,
};

const client = {
  path: '/cg/client/graphql',
  include: [CommonGroundClientHandlers, CommonGroundClientSchema],
  errors: clientErrors,
  credentialFields: [
    ...['login', 'register', 'userUpdate', 'userVerify'],
    ...['userCreatePasswordToken', 'userPasswordReset', 'userPasswordSession'],
  ],
};

/** Common Ground's two GraphQL surfaces: for servers at `/cg/admin/graphql`, for storefronts at `/cg/client/graphql`. */
@Module({
  imports: [
    GraphQLModule.forRootAsync<ScopedMercuriusConfig>({
      driver: ScopedMercuriusDriver,
      imports: [CommonGroundAdminHandlers, StoreModule],
      inject: [CommonGroundAdminCaller, CommonGroundFormatter, Config, StoreDirectory],
      useFactory: (
        caller: CommonGroundAdminCaller,
        formatter: CommonGroundFormatter,
        config: Config,
        stores: StoreDirectory,
      ) => endpointOf(admin, { caller, formatter, config, stores }),
    }),
    GraphQLModule.forRootAsync<ScopedMercuriusConfig>({
      driver: ScopedMercuriusDriver,
      imports: [CommonGroundClientHandlers, StoreModule],
      inject: [CommonGroundClientCaller, CommonGroundFormatter, Config, StoreDirectory],
      useFactory: (
        caller: CommonGroundClientCaller,
        formatter: CommonGroundFormatter,
        config: Config,
        stores: StoreDirectory,
      ) => endpointOf(client, { caller, formatter, config, stores }),
    }),
    CommonGroundAdminHandlers,
    CommonGroundClientHandlers,
  ],
})
export class CommonGroundModule {}
