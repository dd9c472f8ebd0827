package dev.meetgate.console;

import org.jspecify.annotations.Nullable;

/** What a page says after an action. The address has it, so only known words are shown. */
record Done(String text, boolean isGood) {

    static @Nullable Done of(@Nullable String action, String code, ConsoleTexts texts) {
        if (action == null || !(code.isEmpty() || Cause.problem(code).isPresent())) {
            return null;
        }
        String ofCheck = code.isEmpty() ? texts.checked() : texts.checkAnswered(code);
        return switch (action) {
            case "check" -> new Done(ofCheck, code.isEmpty());
            case "disconnect" -> ended(texts.disconnected(), code, texts);
            case "redeliver" -> ended(texts.sentAgain(), code, texts);
            default -> null;
        };
    }

    private static Done ended(String success, String code, ConsoleTexts texts) {
        return code.isEmpty() ? new Done(success, true) : new Done(texts.refused(code), false);
    }
}
