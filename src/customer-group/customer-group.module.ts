import { Module } from '@nestjs/common';
import { CustomerGroupService } from './customer-group.service.js';

@Module({ providers: [CustomerGroupService], exports: [CustomerGroupService] })
export class CustomerGroupModule {}
