import { Field, ID } from '@nestjs/graphql';
import { DateScalar } from './common-ground.scalars.js';
import { AdminType } from './common-ground.schema.js';

const text = { nullable: true } as const;

/** Whoever has the keys; persons of the back office are another system's. */
@AdminType('Admin')
export class CommonGroundAdmin {
  @Field(() => ID) _id: string;
  @Field(() => String, text) name: string | null;
  @Field(() => String, text) email: string | null;
}

@AdminType('SessionAdminDomain')
export class CommonGroundAdminDomain {
  @Field(() => ID, text) _id: string | null;
}

@AdminType('SessionAdmin')
export class CommonGroundSessionAdmin {
  @Field(() => ID, text) _id: string | null;
}

@AdminType('Session')
export class CommonGroundAdminSession {
  @Field(() => ID) _id: string;
  @Field(() => ID, text) configRef: string | null;
  @Field(() => String, text) type: string | null;
  @Field(() => CommonGroundAdmin) user: CommonGroundAdmin;
  @Field(() => String) jwt: string;
  @Field(() => DateScalar, text) expires: Date | null;
  @Field(() => DateScalar, text) createdAt: Date | null;
  @Field(() => String, text) origin: string | null;
  @Field(() => [CommonGroundAdminDomain]) adminDomains: readonly CommonGroundAdminDomain[];
  @Field(() => String, text) shopName: string | null;
  @Field(() => [CommonGroundSessionAdmin], text) admins: readonly CommonGroundSessionAdmin[] | null;
  @Field(() => String, text) deviceName: string | null;
  @Field(() => String, text) deviceId: string | null;
  @Field(() => Boolean, text) mfa: boolean | null;
  @Field(() => String, text) ip: string | null;
}
