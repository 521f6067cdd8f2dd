import { DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Logger } from 'typeorm';
import { openDataSource } from '../ormconfig.js';
import { AccessModule } from './access/index.js';
import { AdminModule } from './admin/admin.module.js';
import { CommonModule } from './common/common.module.js';
import { Config } from './config/index.js';
import { CustomerModule } from './customer/index.js';
import { AdobeModule } from './dialects/adobe/adobe.module.js';
import { AdobeRestModule } from './dialects/adobe/rest/rest.module.js';
import { CommonGroundModule } from './dialects/common-ground/common-ground.module.js';
import { CommerceLayerModule } from './dialects/commerce-layer/commerce-layer.module.js';
import { ShopifyAdminModule } from './dialects/shopify/admin/admin.module.js';
import { ShopifyModule } from './dialects/shopify/shopify.module.js';
import { MetricsModule } from './metrics/index.js';
import { PagesModule } from './pages/pages.module.js';
import { StoreModule } from './store/index.js';

/** The validated configuration, for everybody. */
@Global()
@Module({})
class ConfigModule {
  static of(config: Config): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: Config, useValue: config }], exports: [Config] };
  }
}

/** The only file that knows all modules. */
@Module({})
export class AppModule {
  /** @param statements sees every SQL statement, where somebody counts them */
  static of(config: Config, statements?: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ type: 'better-sqlite3', database: '' }),
          dataSourceFactory: () => openDataSource(statements),
        }),
        CommonModule,
        AccessModule,
        StoreModule,
        CustomerModule,
        AdobeModule,
        AdobeRestModule,
        ShopifyModule,
        ShopifyAdminModule,
        CommerceLayerModule,
        CommonGroundModule,
        AdminModule,
        MetricsModule,
        PagesModule,
      ],
    };
  }
}
