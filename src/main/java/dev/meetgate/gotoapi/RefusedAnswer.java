package dev.meetgate.gotoapi;

/** An answer of GoTo's that MeetGate does not take. A repetition would get the same. */
final class RefusedAnswer extends RuntimeException {

    RefusedAnswer(String message) {
        super(message);
    }
}
