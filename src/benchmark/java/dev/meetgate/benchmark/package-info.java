/** Measures the packaged service beside two yardsticks; {@link Benchmarks} runs it all. */
@NullMarked
package dev.meetgate.benchmark;

import org.jspecify.annotations.NullMarked;
