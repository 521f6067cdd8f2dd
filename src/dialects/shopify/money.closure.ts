/**
 * Amounts, discounts and metafields: what orders are made of. Never resolved, as orders are not. Source: the vendor's
 * schema, version 2026-04.
 */
export const MONEY_TYPES = `
  type AutomaticDiscountApplication implements DiscountApplication {
    allocationMethod: DiscountApplicationAllocationMethod!
    targetSelection: DiscountApplicationTargetSelection!
    targetType: DiscountApplicationTargetType!
    title: String!
    value: PricingValue!
  }

  enum CurrencyCode {
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
    BYR @deprecated(reason: "\`BYR\` is deprecated. Use \`BYN\` available from version \`2021-01\` onwards instead.")
    BZD CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ
    GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JEP JMD JOD JPY KES KGS KHR KID KMF KRW KWD KYD KZT LAK LBP
    LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR
    PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP
    STD @deprecated(reason: "\`STD\` is deprecated. Use \`STN\` available from version \`2022-07\` onwards instead.")
    STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED
    VEF @deprecated(reason: "\`VEF\` is deprecated. Use \`VES\` available from version \`2020-10\` onwards instead.")
    VES VND VUV WST XAF XCD XOF XPF XXX YER ZAR ZMW
  }

  type DiscountAllocation {
    allocatedAmount: MoneyV2!
    discountApplication: DiscountApplication!
  }

  interface DiscountApplication {
    allocationMethod: DiscountApplicationAllocationMethod!
    targetSelection: DiscountApplicationTargetSelection!
    targetType: DiscountApplicationTargetType!
    value: PricingValue!
  }

  enum DiscountApplicationAllocationMethod {
    ACROSS EACH
    ONE @deprecated(reason: "Use ACROSS instead.")
  }

  type DiscountApplicationConnection {
    nodes: [DiscountApplication!]!
    pageInfo: PageInfo!
  }

  enum DiscountApplicationTargetSelection {
    ALL ENTITLED EXPLICIT
  }

  enum DiscountApplicationTargetType {
    LINE_ITEM SHIPPING_LINE
  }

  type DiscountCodeApplication implements DiscountApplication {
    allocationMethod: DiscountApplicationAllocationMethod!
    applicable: Boolean!
    code: String!
    targetSelection: DiscountApplicationTargetSelection!
    targetType: DiscountApplicationTargetType!
    value: PricingValue!
  }

  interface HasMetafields {
    metafield(key: String!, namespace: String): Metafield
    metafields(identifiers: [HasMetafieldsIdentifier!]!): [Metafield]!
  }

  input HasMetafieldsIdentifier {
    key: String!
    namespace: String
  }

  type ManualDiscountApplication implements DiscountApplication {
    allocationMethod: DiscountApplicationAllocationMethod!
    description: String
    targetSelection: DiscountApplicationTargetSelection!
    targetType: DiscountApplicationTargetType!
    title: String!
    value: PricingValue!
  }

  type Metafield implements Node {
    createdAt: DateTime!
    description: String
    id: ID!
    key: String!
    namespace: String!
    parentResource: MetafieldParentResource!
    type: String!
    updatedAt: DateTime!
    value: String!
  }

  union MetafieldParentResource = Customer | Order | Product | ProductVariant | Shop

  type MoneyV2 {
    amount: Decimal!
    currencyCode: CurrencyCode!
  }

  type PricingPercentageValue {
    percentage: Float!
  }

  union PricingValue = MoneyV2 | PricingPercentageValue

  type ScriptDiscountApplication implements DiscountApplication {
    allocationMethod: DiscountApplicationAllocationMethod!
    targetSelection: DiscountApplicationTargetSelection!
    targetType: DiscountApplicationTargetType!
    title: String!
    value: PricingValue!
  }

  scalar Decimal
`;
