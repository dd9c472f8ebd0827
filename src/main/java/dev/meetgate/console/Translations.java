package dev.meetgate.console;

import dev.meetgate.pages.Language;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import org.jspecify.annotations.Nullable;

/** Finds the texts of a language. */
final class Translations {

    private Translations() {}

    /** For programs. */
    static ConsoleTexts english() {
        return in(Language.EN);
    }

    /** For people, as {@link dev.meetgate.pages.PageWriter} chooses their language. */
    static ConsoleTexts of(@Nullable String acceptLanguage) {
        return in(Language.of(acceptLanguage));
    }

    private static ConsoleTexts in(Language language) {
        return MessageBundles.get(ConsoleTexts.class, Localized.Literal.of(language.tag()));
    }
}
