package dev.meetgate.pages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages of the pages. Each has its own files in {@code resources/messages}. */
public enum Language {
    EN,
    DE,
    FR,
    ES;

    private static final int LONGEST_HEADER = 500;

    private static final List<String> TAGS =
            Arrays.stream(values()).map(Language::tag).toList();

    /** The first of these languages that the reader accepts (RFC 4647 §3.4), or English. */
    public static Language of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST_HEADER) {
            return EN;
        }
        try {
            String tag = Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), TAGS);
            return tag == null ? EN : valueOf(tag.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            // The parser fails with an index for "-".
            return EN;
        }
    }

    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
