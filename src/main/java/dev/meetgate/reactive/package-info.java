/** How work is joined, detached from its callers, kept on their contexts, and spared a server that is silent. */
@NullMarked
package dev.meetgate.reactive;

import org.jspecify.annotations.NullMarked;
