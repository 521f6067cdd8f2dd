import { Args, ID, ResolveField } from '@nestjs/graphql';
import { AdobeAddress } from './address.types.js';
import { AdobeResolver } from './adobe.schema.js';
import { AdobeAttributeValueInterface } from './adobe.types.js';

/** Fields of an address that take arguments. */
@AdobeResolver(() => AdobeAddress)
export class AdobeAddressFields {
  /** Addresses have no attributes of a shop's own; the vendor's list is never null. */
  @ResolveField(() => [AdobeAttributeValueInterface], { nullable: 'items' })
  custom_attributesV2(
    @Args('attributeCodes', { type: () => [ID], nullable: true }) _codes: string[] | null,
  ): AdobeAttributeValueInterface[] {
    return [];
  }
}
