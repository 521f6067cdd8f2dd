import type { EntityManager } from 'typeorm'; // refused
import { InjectRepository } from '@nestjs/typeorm'; // refused

export type Resolver = [EntityManager, typeof InjectRepository];
