/** Tools for asynchronous work: shared attempts, detached work, Vert.x contexts, and a circuit breaker. */
@NullMarked
package dev.meetgate.reactive;

import org.jspecify.annotations.NullMarked;
