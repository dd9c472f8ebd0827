package dev.meetgate.console;

/** Who can change what makes calls fail. */
enum Whose {
    TENANT,
    MEETGATE,
    GOTO
}
