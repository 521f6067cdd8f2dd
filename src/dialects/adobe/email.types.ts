import { Field } from '@nestjs/graphql';
import { AdobeInput } from './adobe.schema.js';

@AdobeInput('ConfirmEmailInput')
export class AdobeConfirmEmailInput {
  @Field(() => String) confirmation_key: string;
  @Field(() => String) email: string;
}
