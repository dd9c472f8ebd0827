/**
 * The design that all pages share. The classes of the style sheet are listed at its top.
 *
 * <p>A page is a template that fills in {@code layout.html}, with icons of {@code tags/icon.html}:
 *
 * <pre>
 * {#include layout}
 * {#title}Users{/title}
 * {#body}
 * &lt;body class="app"&gt;
 * …
 * &lt;/body&gt;
 * {/body}
 * {/include}
 * </pre>
 */
@NullMarked
package dev.meetgate.pages;

import org.jspecify.annotations.NullMarked;
