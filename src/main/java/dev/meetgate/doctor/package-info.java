/** The command {@code doctor}: what is right, what is wrong, and what to do about it. Changes nothing. */
@NullMarked
package dev.meetgate.doctor;

import org.jspecify.annotations.NullMarked;
