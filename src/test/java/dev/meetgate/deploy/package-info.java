@NullMarked
package dev.meetgate.deploy;

import org.jspecify.annotations.NullMarked;
