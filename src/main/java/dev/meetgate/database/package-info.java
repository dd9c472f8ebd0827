/** Access to PostgreSQL, and the schema check at start. */
@NullMarked
package dev.meetgate.database;

import org.jspecify.annotations.NullMarked;
