import { MercuriusDriver } from '@nestjs/mercurius'; // refused
import { FastifyAdapter } from '@nestjs/platform-fastify'; // refused
import passport from 'passport'; // refused

export const service = [MercuriusDriver, FastifyAdapter, passport];
