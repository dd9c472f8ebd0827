/** PostgreSQL: single statements, and the check of the schema at start. */
@NullMarked
package dev.meetgate.database;

import org.jspecify.annotations.NullMarked;
