/** Common parts of HTTP answers: errors, headers, pages of lists, times, the OpenAPI document. */
@NullMarked
package dev.meetgate.http;

import org.jspecify.annotations.NullMarked;
