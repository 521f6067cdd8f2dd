import { Field, Float, ID, Int } from '@nestjs/graphql';
import { DateScalar } from './common-ground.scalars.js';
import { AdminType } from './common-ground.schema.js';

const text = { nullable: true } as const;

@AdminType('BuyerList')
export class CommonGroundBuyerList {
  @Field(() => ID, text) _id: string | null;
  @Field(() => ID, text) ref: string | null;
  @Field(() => DateScalar, text) added: Date | null;
  @Field(() => DateScalar, text) lastModified: Date | null;
}

/** The three secrets are always null: we keep digests, and staff may not choose a password (SEC-34). */
@AdminType('UserVerification')
export class CommonGroundVerification {
  @Field(() => Boolean, text) status: boolean | null;
  @Field(() => String, text) token: string | null;
  @Field(() => String, text) code: string | null;
  @Field(() => DateScalar, text) date: Date | null;
  @Field(() => String, text) hash: string | null;
}

@AdminType('AddressGeoLoc')
export class CommonGroundGeoLoc {
  @Field(() => String, text) type: string | null;
  @Field(() => [Float], { nullable: 'itemsAndList' }) coordinates: readonly number[] | null;
}

@AdminType('Address')
export class CommonGroundBuyerAddress {
  @Field(() => ID, text) _id: string | null;
  @Field(() => String, text) description: string | null;
  @Field(() => String, text) firstName: string | null;
  @Field(() => String, text) lastName: string | null;
  @Field(() => String, text) addressLine1: string | null;
  @Field(() => String, text) addressLine2: string | null;
  @Field(() => Int, text) streetNumber: number | null;
  @Field(() => String, text) city: string | null;
  @Field(() => String, text) state: string | null;
  @Field(() => String, text) stateCode: string | null;
  @Field(() => String, text) postCode: string | null;
  @Field(() => String, text) alpha2: string | null;
  @Field(() => String, text) country: string | null;
  @Field(() => String, text) type: string | null;
  @Field(() => CommonGroundGeoLoc, text) geoLoc: CommonGroundGeoLoc | null;
}

@AdminType('Pagination')
export class CommonGroundPagination {
  @Field(() => Int) page: number;
  @Field(() => Int) pages: number;
  @Field(() => Int, text) limit: number | null;
  /** Of all pages. */
  @Field(() => Int, text) count: number | null;
  @Field(() => Boolean, text) hasMore: boolean | null;
  @Field(() => String, text) sort: string | null;
  @Field(() => Int, text) order: number | null;
}

/** The fields that cost a further read are in `CommonGroundBuyerFields`. */
@AdminType('Buyer')
export class CommonGroundBuyer {
  @Field(() => ID) _id: string;
  @Field(() => DateScalar) created: Date;
  @Field(() => DateScalar, text) updated: Date | null;
  @Field(() => DateScalar, text) lastLogin: Date | null;
  @Field(() => Boolean, text) active: boolean | null;
  @Field(() => DateScalar, text) birthdate: Date | null;
  @Field(() => String, text) firstName: string | null;
  @Field(() => String, text) lastName: string | null;
  @Field(() => String, text) email: string | null;
  @Field(() => String, text) name: string | null;
  @Field(() => String, text) path: string | null;
  @Field(() => String, text) telephone: string | null;
  @Field(() => String, text) organisation: string | null;
  @Field(() => String, text) taxNumber: string | null;
  @Field(() => [CommonGroundBuyerList]) lists: CommonGroundBuyerList[];
  @Field(() => String, text) notes: string | null;
  @Field(() => CommonGroundVerification, text) verification: CommonGroundVerification | null;
  @Field(() => Int, text) orderCount: number | null;
  @Field(() => Float, text) orderTotal: number | null;
  @Field(() => Int, text) creditNotesCount: number | null;
  @Field(() => Int, text) wantsCount: number | null;
  @Field(() => Int, text) vouchersCount: number | null;
  @Field(() => Int, text) checkoutCount: number | null;
  @Field(() => String) type: string;
}

@AdminType('Users')
export class CommonGroundUsers {
  @Field(() => [CommonGroundBuyer]) users: CommonGroundBuyer[];
  @Field(() => CommonGroundPagination) pagination: CommonGroundPagination;
}
