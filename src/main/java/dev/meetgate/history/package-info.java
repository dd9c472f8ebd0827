/** What was: past sessions of meetings, and who came. GoTo is asked for one window of time after the other. */
@NullMarked
package dev.meetgate.history;

import org.jspecify.annotations.NullMarked;
