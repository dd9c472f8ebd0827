package dev.meetgate.meetings;

/** Subjects travel with their angle brackets, and nothing else, as HTML entities. */
final class WireText {

    private WireText() {}

    static String escaped(String text) {
        return text.replace("<", "&lt;").replace(">", "&gt;");
    }

    static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">");
    }
}
