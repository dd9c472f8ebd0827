package dev.meetgate.events;

/** Lets one caller at a time do something. Requests that come meanwhile cause one more run afterwards. */
final class OneAtATime {

    private boolean isTaken;
    private boolean isWantedAgain;

    /** Whether the caller does it now. It then has to {@link #end}. */
    synchronized boolean begin() {
        isWantedAgain = isTaken;
        if (isTaken) {
            return false;
        }
        isTaken = true;
        return true;
    }

    /** Returns whether others have wanted it meanwhile. */
    synchronized boolean end() {
        isTaken = false;
        return isWantedAgain;
    }
}
