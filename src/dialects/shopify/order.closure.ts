/**
 * What account pages select of a customer's orders. There are none here, so none of these types is ever resolved; they
 * exist because a document that selects them must be valid. Source: the vendor's schema, version 2026-04.
 */
export const ORDER_TYPES = `
  type Order implements HasMetafields & Node {
    billingAddress: MailingAddress
    cancelReason: OrderCancelReason
    canceledAt: DateTime
    currencyCode: CurrencyCode!
    currentSubtotalPrice: MoneyV2!
    currentTotalDuties: MoneyV2
    currentTotalPrice: MoneyV2!
    currentTotalShippingPrice: MoneyV2!
    currentTotalTax: MoneyV2!
    customerLocale: String
    customerUrl: URL
    discountApplications(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): DiscountApplicationConnection!
    edited: Boolean!
    email: String
    financialStatus: OrderFinancialStatus
    fulfillmentStatus: OrderFulfillmentStatus!
    id: ID!
    lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderLineItemConnection!
    metafield(key: String!, namespace: String): Metafield
    metafields(identifiers: [HasMetafieldsIdentifier!]!): [Metafield]!
    name: String!
    orderNumber: Int!
    originalTotalDuties: MoneyV2
    originalTotalPrice: MoneyV2!
    phone: String
    processedAt: DateTime!
    shippingAddress: MailingAddress
    shippingDiscountAllocations: [DiscountAllocation!]!
    statusUrl: URL!
    subtotalPrice: MoneyV2
    subtotalPriceV2: MoneyV2 @deprecated(reason: "Use \`subtotalPrice\` instead.")
    totalPrice: MoneyV2!
    totalPriceV2: MoneyV2! @deprecated(reason: "Use \`totalPrice\` instead.")
    totalRefunded: MoneyV2!
    totalRefundedV2: MoneyV2! @deprecated(reason: "Use \`totalRefunded\` instead.")
    totalShippingPrice: MoneyV2!
    totalShippingPriceV2: MoneyV2! @deprecated(reason: "Use \`totalShippingPrice\` instead.")
    totalTax: MoneyV2
    totalTaxV2: MoneyV2 @deprecated(reason: "Use \`totalTax\` instead.")
  }

  enum OrderCancelReason {
    CUSTOMER DECLINED FRAUD INVENTORY OTHER STAFF
  }

  type OrderConnection {
    edges: [OrderEdge!]!
    nodes: [Order!]!
    pageInfo: PageInfo!
    totalCount: UnsignedInt64!
  }

  type OrderEdge {
    cursor: String!
    node: Order!
  }

  enum OrderFinancialStatus {
    AUTHORIZED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED
  }

  enum OrderFulfillmentStatus {
    FULFILLED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED PENDING_FULFILLMENT RESTOCKED SCHEDULED UNFULFILLED
  }

  type OrderLineItem {
    currentQuantity: Int!
    discountAllocations: [DiscountAllocation!]!
    discountedTotalPrice: MoneyV2!
    originalTotalPrice: MoneyV2!
    quantity: Int!
    title: String!
    variant: ProductVariant
  }

  type OrderLineItemConnection {
    edges: [OrderLineItemEdge!]!
    nodes: [OrderLineItem!]!
    pageInfo: PageInfo!
  }

  type OrderLineItemEdge {
    cursor: String!
    node: OrderLineItem!
  }

  enum OrderSortKeys {
    ID PROCESSED_AT RELEVANCE TOTAL_PRICE
  }

  type Product implements Node {
    handle: String!
    id: ID!
    title: String!
  }

  type ProductVariant implements Node {
    id: ID!
    image: Image
    price: MoneyV2!
    priceV2: MoneyV2! @deprecated(reason: "Use \`price\` instead.")
    product: Product!
    sku: String
    title: String!
  }

  type Image {
    altText: String
    height: Int
    id: ID
    url(transform: ImageTransformInput): URL!
    width: Int
  }

  enum ImageContentType {
    JPG PNG WEBP
  }

  input ImageTransformInput {
    crop: CropRegion
    maxHeight: Int
    maxWidth: Int
    preferredContentType: ImageContentType
    scale: Int = 1
  }

  enum CropRegion {
    BOTTOM CENTER LEFT RIGHT TOP
  }
`;
