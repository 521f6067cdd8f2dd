import { Field, Float, ID } from '@nestjs/graphql';
import { DateScalar } from './common-ground.scalars.js';
import { ClientType } from './common-ground.schema.js';

const text = { nullable: true } as const;

@ClientType('Address')
export class CommonGroundUserAddress {
  @Field(() => ID, text) _id: string | null;
  @Field(() => String, text) description: string | null;
  @Field(() => String, text) firstName: string | null;
  @Field(() => String, text) lastName: string | null;
  @Field(() => String, text) addressLine1: string | null;
  @Field(() => String, text) addressLine2: string | null;
  @Field(() => String, text) streetNumber: string | null;
  @Field(() => String, text) city: string | null;
  @Field(() => String, text) state: string | null;
  @Field(() => String, text) stateCode: string | null;
  @Field(() => String, text) postCode: string | null;
  @Field(() => String, text) alpha2: string | null;
  @Field(() => String, text) country: string | null;
  @Field(() => String, text) type: string | null;
}

@ClientType('UserPreferences')
export class CommonGroundPreferences {
  @Field(() => String, text) preferredLanguage: string | null;
}

/** The fields that cost a further read are in `CommonGroundUserFields`. */
@ClientType('User')
export class CommonGroundUser {
  @Field(() => ID) _id: string;
  @Field(() => Float, { ...text, deprecationReason: 'no longer supported' }) id: number | null;
  @Field(() => String, text) firstName: string | null;
  @Field(() => String, text) lastName: string | null;
  @Field(() => String, text) name: string | null;
  @Field(() => String, text) email: string | null;
  @Field(() => String, text) telephone: string | null;
  @Field(() => String, text) taxNumber: string | null;
  @Field(() => String, text) organisation: string | null;
  @Field(() => Boolean, text) isSubscribed: boolean | null;
  @Field(() => CommonGroundPreferences, text) preferences: CommonGroundPreferences | null;
}

@ClientType('Session')
export class CommonGroundSession {
  @Field(() => ID, text) _id: string | null;
  @Field(() => String, text) jwt: string | null;
  @Field(() => DateScalar, text) expires: Date | null;
  @Field(() => CommonGroundUser, text) user: CommonGroundUser | null;
}

/** Checkouts are another system's; clients that ask for one find none. */
@ClientType('Checkout')
export class CommonGroundCheckout {
  @Field(() => ID, text) _id: string | null;
}

/** The fields that cost a further read are in `CommonGroundLoginFields`. */
@ClientType('Login')
export class CommonGroundLogin {
  @Field(() => CommonGroundSession, text) session: CommonGroundSession | null;
  @Field(() => CommonGroundCheckout, text) checkout: CommonGroundCheckout | null;
}

@ClientType('Logout')
export class CommonGroundLogout {
  @Field(() => Boolean, text) ok: boolean | null;
  @Field(() => CommonGroundCheckout, text) checkout: CommonGroundCheckout | null;
}

@ClientType('Register')
export class CommonGroundRegistered {
  @Field(() => CommonGroundUser, text) user: CommonGroundUser | null;
  @Field(() => CommonGroundSession, text) session: CommonGroundSession | null;
  @Field(() => String, text) message: string | null;
}

@ClientType('Verification')
export class CommonGroundVerified {
  @Field(() => CommonGroundSession, text) session: CommonGroundSession | null;
  @Field(() => String, text) message: string | null;
  @Field(() => CommonGroundCheckout, text) checkout: CommonGroundCheckout | null;
}
