/**
 * What dev mode and the tests put around MeetGate: PostgreSQL, the sandbox GoTo, three tenants, the demo page
 * and Swagger UI. No production build contains this package.
 */
@NullMarked
package dev.meetgate.local;

import org.jspecify.annotations.NullMarked;
