// A storefront's own process, as its developers write it: the vendor's clients with nothing replaced in them. Names of
// hosts lead to this machine, as a DNS entry would make them; certificates are checked. Prints what it saw as JSON.
// Arguments, as JSON: domain (with its port), base, the secret of each application, a customer, another's id.
import dns from 'node:dns';
import {
  authenticate,
  createAssertion,
  createCompositeStorage,
  getCoreApiBaseEndpoint,
  getTokenType,
  jwtDecode,
  jwtIsIntegration,
  jwtIsSalesChannel,
  jwtVerify,
  makeIntegration,
  makeSalesChannel,
  revoke,
} from '@commercelayer/js-auth';
import { CommerceLayer } from '@commercelayer/sdk/bundle';

const { domain, base, integration, channel, acting, customer, ownerId } = JSON.parse(process.argv[2]);
const realLookup = dns.lookup;
dns.lookup = (host, options, done) => realLookup(host.endsWith('.keyturn.test') ? '127.0.0.1' : host, options, done);

const memory = () => {
  const kept = new Map();
  return {
    kept,
    getItem: async (key) => kept.get(key) ?? null,
    setItem: async (key, value) => void kept.set(key, value),
    removeItem: async (key) => void kept.delete(key),
  };
};
const codeOf = async (call) => {
  try {
    await call();
    return 'allowed';
  } catch (error) {
    return error.errors?.[0]?.code ?? String(error);
  }
};
const seen = {};

// Recipe A: the domain is all that is told; the slug and the API's address come from the token.
const machine = await authenticate('client_credentials', { ...integration, domain });
const cl = CommerceLayer({ accessToken: machine.accessToken });
const reader = cl.addRawResponseReader({ headers: true });
const found = await cl.customers.list({ filters: { email_eq: customer.username } });
seen.byName = {
  endpoint: getCoreApiBaseEndpoint(machine.accessToken),
  emails: found.map(({ email }) => email),
  self: reader.rawResponse.data[0].links.self,
  limit: reader.headers['x-ratelimit-limit'],
};
const verified = await jwtVerify(machine.accessToken);
seen.verified = [jwtIsIntegration(verified.payload), verified.payload.iss, getTokenType(verified.payload)];
const [head, payload, signature] = machine.accessToken.split('.');
const forged = `${head}.${payload}.${signature.replace(/^./, (one) => (one === 'A' ? 'B' : 'A'))}`;
seen.forged = await jwtVerify(forged).then(
  () => 'verified',
  (error) => error.name,
);

// Recipe C: an interceptor sends everything to one plain origin.
const intercepted = CommerceLayer({ organization: 'demo', domain, accessToken: machine.accessToken });
const went = [];
intercepted.addRequestInterceptor(({ url, options }) => {
  went.push(url.host);
  return { url: new URL(url.pathname + url.search, base), options };
});
seen.intercepted = [(await intercepted.organization.retrieve()).slug, went];

// Recipe D: organization and domain are told, for all calls or for one.
const told = CommerceLayer({ organization: 'DEMO', domain, accessToken: machine.accessToken });
const astray = CommerceLayer({ organization: 'nobody', domain: 'nowhere.test', accessToken: machine.accessToken });
seen.told = [
  (await told.organization.retrieve()).slug,
  (await astray.organization.retrieve({}, { organization: 'demo', domain })).slug,
  await codeOf(() =>
    CommerceLayer({ organization: 'other', domain, accessToken: machine.accessToken }).organization.retrieve(),
  ),
];

// The cached wrappers, as a shop uses them: guest, customer, logout.
const [fast, slow] = [memory(), memory()];
const storage = createCompositeStorage({ storages: [fast, slow] });
const shop = makeSalesChannel({ ...channel, domain }, { storage });
const guest = await shop.getAuthorization();
const again = await shop.getAuthorization();
const signedIn = await authenticate('password', { ...channel, ...customer, domain });
await shop.setCustomer(signedIn);
const asCustomer = await shop.getAuthorization();
const own = CommerceLayer({ accessToken: asCustomer.accessToken });
const ownRecord = await own.customers.retrieve(asCustomer.ownerId);
const logout = await shop.logoutCustomer();
const after = await shop.getAuthorization();
seen.shop = {
  types: [guest.ownerType, asCustomer.ownerType, after.ownerType],
  isCached: guest.accessToken === again.accessToken && guest.accessToken === after.accessToken,
  kind: jwtIsSalesChannel(jwtDecode(guest.accessToken).payload),
  owner: [asCustomer.ownerId === ownerId, ownRecord.email],
  logout: logout.errors ?? null,
  afterLogout: await codeOf(() => own.customers.retrieve(asCustomer.ownerId)),
  refreshAfterLogout: (await authenticate('refresh_token', { ...channel, domain, refreshToken: signedIn.refreshToken }))
    .errors?.[0].title,
  keys: [...slow.kept.keys()],
};

// The same for a back office.
const back = makeIntegration({ ...integration, domain }, { storage: memory() });
const first = await back.getAuthorization();
const revoked = await back.revokeAuthorization();
const second = await back.getAuthorization();
seen.machine = {
  type: first.ownerType,
  revoked: revoked.errors ?? null,
  isNew: second.accessToken !== first.accessToken,
  first: await codeOf(() => CommerceLayer({ accessToken: first.accessToken }).customers.list()),
  second: await codeOf(() => CommerceLayer({ accessToken: second.accessToken }).customers.list()),
};

// In a customer's name, by an assertion of the vendor's own making.
const assertion = await createAssertion({
  payload: {
    'https://commercelayer.io/claims': {
      owner: { type: 'Customer', id: ownerId },
      custom_claim: { tier: 'gold ?>~ é 日本' },
    },
  },
});
const bearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const delegated = await authenticate(bearer, { ...acting, domain, assertion });
const delegate = CommerceLayer({ accessToken: delegated.accessToken });
const keptOn = await authenticate('refresh_token', {
  ...{ clientId: acting.clientId, domain, refreshToken: delegated.refreshToken },
});
seen.delegated = {
  owner: [delegated.ownerType, delegated.ownerId === ownerId],
  claim: (await delegate.customers.retrieve(ownerId)).jwt_custom_claim,
  verified: (await jwtVerify(keptOn.accessToken)).payload.custom_claim,
  refused: (await authenticate(bearer, { ...acting, domain, assertion: 'x.y.z' })).errors?.[0].title,
  revoked: (await revoke({ ...acting, token: keptOn.accessToken })).errors ?? null,
  dead: await codeOf(() => CommerceLayer({ accessToken: keptOn.accessToken }).customers.retrieve(ownerId)),
};

console.log(JSON.stringify(seen));
