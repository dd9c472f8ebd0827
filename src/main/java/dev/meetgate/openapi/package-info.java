/** What operations have in common in the description of our API. The build asks it; nothing does at run time. */
@NullMarked
package dev.meetgate.openapi;

import org.jspecify.annotations.NullMarked;
