export { MetricsModule } from './metrics.module.js';
export { noteRequests } from './request-metrics.js';
