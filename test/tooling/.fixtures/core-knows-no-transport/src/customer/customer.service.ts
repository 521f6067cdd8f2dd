import { Injectable } from '@nestjs/common';
import { GraphQLError } from 'graphql'; // refused
import mercurius from 'mercurius'; // refused
import type { FastifyRequest } from 'fastify'; // refused
import { ObjectType } from '@nestjs/graphql'; // refused

export type Service = [Injectable, GraphQLError, typeof mercurius, FastifyRequest, typeof ObjectType];
