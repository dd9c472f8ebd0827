/** What all answers share: problems of plain HTTP, headers, pages of lists, times, the OpenAPI document. */
@NullMarked
package dev.meetgate.http;

import org.jspecify.annotations.NullMarked;
