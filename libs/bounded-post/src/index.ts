export { boundedGet, boundedPost, type Post, type Posted } from './bounded-post.js';
export { guardedPost } from './guarded-post.js';
export { ForbiddenAddress, PostError, type PostFault } from './post-error.js';
