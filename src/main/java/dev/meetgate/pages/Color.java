package dev.meetgate.pages;

import java.util.regex.Pattern;

/**
 * A color of an application. Text on it is white or black, whichever has more contrast. The contrast is
 * always at least 4.5 to 1.
 */
public record Color(String hex) {

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** Where white and black have the same contrast (WCAG 2.2, relative luminance). */
    private static final double MIDDLE = Math.sqrt(1.05 * 0.05) - 0.05;

    public static boolean isColor(String text) {
        return HEX.matcher(text).matches();
    }

    String text() {
        return luminance() > MIDDLE ? "#000000" : "#ffffff";
    }

    private double luminance() {
        return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
    }

    private double linear(int from) {
        double part = Integer.parseInt(hex.substring(from, from + 2), 16) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    /** A style sheet for buttons. The edge shows where one begins that has the color of the page. */
    String styleSheet() {
        return ":root { --brand: %s; --on-brand: %s; --brand-edge: color-mix(in srgb, %1$s 80%%, var(--ink)); }\n"
                .formatted(hex, text());
    }
}
