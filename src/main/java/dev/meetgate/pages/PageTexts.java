package dev.meetgate.pages;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts of the layout. */
@MessageBundle(value = "page", locale = "en")
public interface PageTexts {

    /** The tag of the language, for {@code <html lang>}. */
    @Message
    String language();
}
