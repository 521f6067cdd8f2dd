import { Args, Mutation } from '@nestjs/graphql';
import { Allow, CurrentCaller, type Caller } from '../../access/index.js';
import { ProfileService } from '../../customer/index.js';
import { settingsOf } from './adobe.caller.js';
import { parsedEmail, refuse } from './adobe.input.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeSubscribeOutput } from './directory.types.js';

/** The newsletter is a mark on an account: who has none cannot subscribe, and nobody subscribes another. */
@AdobeResolver()
export class AdobeNewsletterResolver {
  constructor(private readonly profiles: ProfileService) {}

  @Allow('public')
  @Mutation(() => AdobeSubscribeOutput, { nullable: true })
  async subscribeEmailToNewsletter(
    @Args('email', { type: () => String }) email: string,
    @CurrentCaller() { store, trail, session }: Caller,
  ): Promise<AdobeSubscribeOutput> {
    if (email === '') refuse('You must specify an email address to subscribe to a newsletter.');
    const address = parsedEmail(email, store) ?? refuse('Enter a valid email address.');
    if (!session) refuse('Guests can not subscribe to the newsletter. You must create an account to subscribe.');
    const { customer } = session;
    const isOwn = customer.emailKey.equals(Buffer.from(address.key));
    if (!isOwn || !settingsOf(store).newsletterActive) refuse('Cannot create a newsletter subscription.');
    if (customer.acceptsMarketing) refuse('This email address is already subscribed.');
    await this.profiles.update({ customer, changes: { acceptsMarketing: true }, store, trail });
    return { status: 'SUBSCRIBED' };
  }
}
