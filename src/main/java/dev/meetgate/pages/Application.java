package dev.meetgate.pages;

import io.quarkus.qute.TemplateData;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An application as people see it. Without a logo, its mark is its first letter.
 *
 * @param logo the address of its logo
 * @param style the address of a style sheet with its color
 * @param privacyUrl where its privacy policy is
 */
@TemplateData
public record Application(
        String name,
        @Nullable String logo,
        @Nullable Color ownColor,
        @Nullable String style,
        @Nullable String privacyUrl) {

    /** White is readable on each. */
    private static final List<String> COLORS =
            List.of("#34568f", "#74408c", "#99384f", "#85500a", "#2d6a3b", "#4a5568");

    public String letter() {
        return name.isEmpty() ? "?" : new String(Character.toChars(name.codePointAt(0))).toUpperCase(Locale.ROOT);
    }

    /** The same name always has the same color. */
    public String color() {
        return ownColor == null ? COLORS.get(Math.floorMod(name.hashCode(), COLORS.size())) : ownColor.hex();
    }

    public String textColor() {
        return ownColor == null ? "#ffffff" : ownColor.text();
    }
}
