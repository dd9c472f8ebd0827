/** How the native executable is made; nothing of it runs in one. */
@NullMarked
package dev.meetgate.image;

import org.jspecify.annotations.NullMarked;
