import { ArgsType, Field, ID, Int } from '@nestjs/graphql';
import { JsonScalar } from './common-ground.scalars.js';
import { ClientInput } from './common-ground.schema.js';

const text = { nullable: true } as const;

type Given<T> = T | null | undefined;

@ClientInput('AddressInput')
export class CommonGroundUserAddressInput {
  @Field(() => ID, text) _id: Given<string>;
  @Field(() => String, text) description: Given<string>;
  @Field(() => String, text) firstName: Given<string>;
  @Field(() => String, text) lastName: Given<string>;
  @Field(() => String, text) addressLine1: Given<string>;
  @Field(() => String, text) addressLine2: Given<string>;
  @Field(() => String, text) streetNumber: Given<string>;
  @Field(() => String, text) city: Given<string>;
  @Field(() => String, text) state: Given<string>;
  @Field(() => String, text) postCode: Given<string>;
  @Field(() => String, text) alpha2: Given<string>;
  @Field(() => String, text) country: Given<string>;
  @Field(() => String, text) stateCode: Given<string>;
  @Field(() => String, text) type: Given<string>;
}

@ArgsType()
export class CommonGroundRegisterArguments {
  @Field(() => String) email: string;
  @Field(() => String) password: string;
  @Field(() => String) firstName: string;
  @Field(() => String) lastName: string;
  @Field(() => String, text) telephone: Given<string>;
  @Field(() => String, text) organisation: Given<string>;
  @Field(() => String, text) taxNumber: Given<string>;
  @Field(() => Boolean, text) withVerificationCode: Given<boolean>;
  @Field(() => [CommonGroundUserAddressInput], text) addresses: Given<readonly CommonGroundUserAddressInput[]>;
}

/** What is absent stays; null clears, but for the address and the password, which cannot be cleared. */
@ArgsType()
export class CommonGroundUserUpdateArguments {
  @Field(() => String, text) email: Given<string>;
  @Field(() => String, text) password: Given<string>;
  @Field(() => String, text) firstName: Given<string>;
  @Field(() => String, text) lastName: Given<string>;
  @Field(() => String, text) telephone: Given<string>;
  @Field(() => String, text) organisation: Given<string>;
  @Field(() => String, text) taxNumber: Given<string>;
  @Field(() => [CommonGroundUserAddressInput], { nullable: 'itemsAndList' }) addresses: Given<
    readonly (CommonGroundUserAddressInput | null)[]
  >;
  @Field(() => JsonScalar, text) preferences: unknown;
}

@ArgsType()
export class CommonGroundVerifyArguments {
  @Field(() => String, text) token: Given<string>;
  @Field(() => Int, text) code: Given<number>;
  @Field(() => String, text) checkoutId: Given<string>;
  @Field(() => String, text) email: Given<string>;
}
