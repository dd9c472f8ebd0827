/** Tests of the packaged service, jar or native binary: processes with a real PostgreSQL and the sandbox. */
@NullMarked
package dev.meetgate.packaged;

import org.jspecify.annotations.NullMarked;
