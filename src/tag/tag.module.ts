import { Module } from '@nestjs/common';
import { TagService } from './tag.service.js';

@Module({ providers: [TagService], exports: [TagService] })
export class TagModule {}
