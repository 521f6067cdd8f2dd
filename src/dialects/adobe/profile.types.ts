import { Field, InputType, Int } from '@nestjs/graphql';
import { AdobeInput } from './adobe.schema.js';

const text = { nullable: true } as const;

@AdobeInput('AttributeInputSelectedOption')
export class AdobeSelectedOptionInput {
  @Field(() => String) value: string;
}

@AdobeInput('AttributeValueInput')
export class AdobeAttributeValueInput {
  @Field(() => String) attribute_code: string;
  @Field(() => [AdobeSelectedOptionInput], { nullable: 'itemsAndList' })
  selected_options?: (AdobeSelectedOptionInput | null)[] | null;
  @Field(() => String, text) value?: string | null;
}

/** What all forms of a customer's particulars share. */
@InputType({ isAbstract: true })
export abstract class AdobeProfileInput {
  @Field(() => String, text) date_of_birth?: string | null;
  @Field(() => String, text) dob?: string | null;
  @Field(() => Int, text) gender?: number | null;
  @Field(() => Boolean, text) is_subscribed?: boolean | null;
  @Field(() => String, text) middlename?: string | null;
  @Field(() => String, text) prefix?: string | null;
  @Field(() => String, text) suffix?: string | null;
  @Field(() => String, text) taxvat?: string | null;
}

/** The form of both old operations. */
@AdobeInput('CustomerInput')
export class AdobeCustomerInput extends AdobeProfileInput {
  @Field(() => String, text) email?: string | null;
  @Field(() => String, text) firstname?: string | null;
  @Field(() => String, text) lastname?: string | null;
  @Field(() => String, text) password?: string | null;
}

@AdobeInput('CustomerCreateInput')
export class AdobeCustomerCreateInput extends AdobeProfileInput {
  @Field(() => Boolean, text) allow_remote_shopping_assistance?: boolean | null;
  @Field(() => [AdobeAttributeValueInput], { nullable: 'itemsAndList' })
  custom_attributes?: (AdobeAttributeValueInput | null)[] | null;
  @Field(() => String) email: string;
  @Field(() => String) firstname: string;
  @Field(() => String) lastname: string;
  @Field(() => String, text) password?: string | null;
}

@AdobeInput('CustomerUpdateInput')
export class AdobeCustomerUpdateInput extends AdobeProfileInput {
  @Field(() => Boolean, text) allow_remote_shopping_assistance?: boolean | null;
  @Field(() => [AdobeAttributeValueInput], { nullable: 'itemsAndList' })
  custom_attributes?: (AdobeAttributeValueInput | null)[] | null;
  @Field(() => String, text) firstname?: string | null;
  @Field(() => String, text) lastname?: string | null;
}
