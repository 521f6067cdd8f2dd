import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { z } from 'zod';

/** What readers of the API's document are told of an operation, beyond what its route says. */
export interface Description {
  readonly summary: string;
  readonly details?: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  /** Parts of the path that are more than a text. */
  readonly path?: Readonly<Record<string, z.ZodType>>;
  /** Absent: the answer has no body. */
  readonly answer?: z.ZodType;
}

export const DESCRIPTION = 'openapi:description';

/** Describes a handler, by the very schemas that it reads with. */
export const Described = (description: Description): CustomDecorator => SetMetadata(DESCRIPTION, description);
