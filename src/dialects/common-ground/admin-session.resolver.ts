import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { StaffSignInService, type StaffSignedIn } from '../../customer/index.js';
import type { Store } from '../../store/index.js';
import { CommonGroundAdminSession } from './admin-session.types.js';
import { idOf } from './common-ground.mapper.js';
import { AdminResolver } from './common-ground.schema.js';

const SESSION_SECONDS = 12 * 3600;

/** Sessions of servers, as the vendor's older clients want one. */
@AdminResolver()
export class CommonGroundAdminSessionResolver {
  constructor(private readonly staff: StaffSignInService) {}

  /** The one field that needs no credential. */
  @Allow('public')
  @Mutation(() => CommonGroundAdminSession, { nullable: true })
  async sessionLoginApi(
    @Args('accessKey', { type: () => String }) accessKey: string,
    @Args('secretKey', { type: () => String }) secretKey: string,
    @CurrentCaller() { store, trail }: Caller,
  ): Promise<CommonGroundAdminSession> {
    const signedIn = await this.staff.signInByKey({
      ...{ store, trail, username: accessKey, password: secretKey },
      token: (client) => ({
        surface: 'common-ground-admin',
        form: 'jwt',
        scope: store.code,
        lifetime: SESSION_SECONDS,
        claims: { sub: idOf(client) },
      }),
    });
    return toAdminSession(signedIn, store);
  }
}

function toAdminSession(signedIn: StaffSignedIn, { name: shopName }: Store): CommonGroundAdminSession {
  const { client, number, token: jwt, issuedAt: createdAt, expiresAt: expires } = signedIn;
  const nothing = { configRef: null, type: null, admins: null, deviceName: null, deviceId: null, mfa: null, ip: null };
  const user = { _id: idOf(client), name: client.name, email: null };
  const _id = idOf({ number, createdAt });
  return { ...nothing, _id, jwt, createdAt, expires, user, origin: 'api', adminDomains: [], shopName };
}
