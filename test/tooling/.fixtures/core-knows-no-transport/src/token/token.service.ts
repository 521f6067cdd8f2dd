import { PassportStrategy } from '@nestjs/passport'; // refused
import { Strategy } from 'passport-jwt'; // refused
import cookie from '@fastify/cookie'; // refused

export const service = [PassportStrategy, Strategy, cookie];
