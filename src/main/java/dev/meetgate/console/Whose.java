package dev.meetgate.console;

/** Who can change what makes calls fail. */
enum Whose {
    TENANT("the tenant's"),
    MEETGATE("MeetGate's"),
    GOTO("GoTo's");

    private final String words;

    Whose(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
