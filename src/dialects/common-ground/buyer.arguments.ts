import { ArgsType, Field, Float, ID, Int } from '@nestjs/graphql';
import { DateScalar } from './common-ground.scalars.js';
import { AdminInput } from './common-ground.schema.js';

const text = { nullable: true } as const;
const list = { nullable: 'itemsAndList' } as const;

type Given<T> = T | null | undefined;

@AdminInput('GeoLocInput')
export class CommonGroundGeoLocInput {
  @Field(() => String, text) type: Given<string>;
  @Field(() => [Float], list) coordinates: Given<readonly (number | null)[]>;
}

@AdminInput('AddressInput')
export class CommonGroundBuyerAddressInput {
  @Field(() => String, text) description: Given<string>;
  @Field(() => String, text) addressLine1: Given<string>;
  @Field(() => String, text) addressLine2: Given<string>;
  @Field(() => Int, text) streetNumber: Given<number>;
  @Field(() => String, text) city: Given<string>;
  @Field(() => String, text) state: Given<string>;
  @Field(() => String, text) postCode: Given<string>;
  @Field(() => String, text) alpha2: Given<string>;
  @Field(() => String, text) country: Given<string>;
  @Field(() => String, text) stateCode: Given<string>;
  @Field(() => String, text) type: Given<string>;
  @Field(() => CommonGroundGeoLocInput, text) geoLoc: Given<CommonGroundGeoLocInput>;
}

@ArgsType()
export class CommonGroundBuyerCreateArguments {
  @Field(() => String) email: string;
  @Field(() => String) firstName: string;
  @Field(() => String) lastName: string;
  @Field(() => String, text) telephone: Given<string>;
  @Field(() => String, text) organisation: Given<string>;
  @Field(() => String, text) taxNumber: Given<string>;
  @Field(() => [ID], list) lists: Given<readonly (string | null)[]>;
  @Field(() => [CommonGroundBuyerAddressInput], list) addresses: Given<
    readonly (CommonGroundBuyerAddressInput | null)[]
  >;
  @Field(() => Boolean, text) createEshopAccount: Given<boolean>;
}

/** Three texts have to be sent; of the others, what is absent stays and null clears. */
@AdminInput('UserBuyerUpdateInput')
export class CommonGroundBuyerUpdateInput {
  @Field(() => String) email: string;
  @Field(() => String) firstName: string;
  @Field(() => String) lastName: string;
  @Field(() => String, text) telephone: Given<string>;
  @Field(() => String, text) organisation: Given<string>;
  @Field(() => String, text) taxNumber: Given<string>;
  @Field(() => [ID], list) lists: Given<readonly (string | null)[]>;
  @Field(() => [CommonGroundBuyerAddressInput], list) addresses: Given<
    readonly (CommonGroundBuyerAddressInput | null)[]
  >;
  @Field(() => String, text) notes: Given<string>;
  @Field(() => DateScalar, text) birthdate: Given<Date>;
}

@AdminInput('PaginationInput')
export class CommonGroundPaginationInput {
  @Field(() => Int, text) page: Given<number>;
  @Field(() => Int, text) limit: Given<number>;
  @Field(() => String, text) sort: Given<string>;
  @Field(() => Int, text) order: Given<number>;
}

@ArgsType()
export class CommonGroundUsersArguments {
  @Field(() => ID, text) listRef: Given<string>;
  @Field(() => CommonGroundPaginationInput, text) pagination: Given<CommonGroundPaginationInput>;
  @Field(() => Int, text) page: Given<number>;
  @Field(() => Int, text) perPage: Given<number>;
  @Field(() => String, text) term: Given<string>;
}
