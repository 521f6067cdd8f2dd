import { PassportStrategy } from '@nestjs/passport';

export const guard = PassportStrategy;
