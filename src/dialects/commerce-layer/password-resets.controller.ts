import { Body, Controller, Get, Header, Param, Patch, Post, Query, UseFilters } from '@nestjs/common';
import { JSON_API, JsonApiFault, refuseQuery } from '#lib/json-api';
import { Allow, CallerFrom, CurrentCaller, type Caller } from '../../access/index.js';
import { fromShortId } from '../../common/public-id.js';
import { Config } from '../../config/index.js';
import { ResetRecordService, ResetRequestService, type ResetRecord } from '../../password-reset/index.js';
import { CommerceLayerCaller, settingsOf } from './commerce-layer.caller.js';
import { noCustomer, notFound } from './commerce-layer.errors.js';
import { CommerceLayerFilter } from './commerce-layer.filter.js';
import { attributesOfNew, attributesOfUpdate, newReset, resetUpdate } from './commerce-layer.input.js';
import { contextOf, toPasswordReset } from './commerce-layer.mapper.js';
import type { CommerceLayerDocument, CommerceLayerPasswordReset } from './commerce-layer.types.js';
import { PasswordResetGate } from './password-reset.gate.js';

const TYPE = 'customer_password_resets';
const LIFETIME = 6 * 3600;

type Document = CommerceLayerDocument<CommerceLayerPasswordReset>;

/** Forgotten passwords: an integration asks and reads, whoever holds the token sets the new password. */
@Controller(`api/${TYPE}`)
@CallerFrom(CommerceLayerCaller)
@UseFilters(CommerceLayerFilter)
export class CommerceLayerPasswordResetsController {
  constructor(
    private readonly requests: ResetRequestService,
    private readonly records: ResetRecordService,
    private readonly gate: PasswordResetGate,
    private readonly config: Config,
  ) {}

  @Allow('integration')
  @Header('Content-Type', JSON_API)
  @Post()
  async create(@Body() body: unknown, @Query() query: object, @CurrentCaller() caller: Caller): Promise<Document> {
    refuseQuery(query, TYPE);
    const { store, trail } = caller;
    const { email, notes } = newReset(attributesOfNew(body), caller);
    const mail = settingsOf(store).mailResets;
    const result = await this.requests.request({
      ...{ store, trail, email, notes, mail },
      ...{ origin: 'commerceLayer', lifetime: LIFETIME, readable: true, machine: true },
    });
    if (result.outcome !== 'made') throw new JsonApiFault([noCustomer]);
    return this.shown(result, caller);
  }

  @Allow('integration')
  @Header('Content-Type', JSON_API)
  @Get(':id')
  async retrieve(@Param('id') id: string, @Query() query: object, @CurrentCaller() caller: Caller): Promise<Document> {
    refuseQuery(query, TYPE);
    return this.shown(await this.get(id, caller), caller);
  }

  @Allow('integration', 'storefront')
  @Header('Content-Type', JSON_API)
  @Patch(':id')
  async update(
    @Param('id') id: string,
    @Body() body: unknown,
    @Query() query: object,
    @CurrentCaller() caller: Caller,
  ): Promise<Document> {
    refuseQuery(query, TYPE);
    const attributes = attributesOfUpdate(body, id, caller);
    const record = await this.get(id, caller);
    const { pair, notes } = resetUpdate(attributes);
    if (pair) await this.gate.confirm(record, pair, caller);
    if (Object.keys(notes).length > 0) await this.records.note(record, notes);
    return this.shown(await this.get(id, caller), caller);
  }

  /** An id of another form, and one of another organization, is nobody's (SEC-65). */
  private async get(id: string, { store }: Caller): Promise<ResetRecord> {
    const number = fromShortId(id);
    const record = number === null ? null : await this.records.find(number, store);
    if (!record) throw new JsonApiFault([notFound]);
    return record;
  }

  private shown(record: ResetRecord, caller: Caller): Document {
    return toPasswordReset(record, caller, contextOf(this.config, caller));
  }
}
