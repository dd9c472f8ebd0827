package dev.meetgate.events;

/** One at a time does something. What others want meanwhile is done once more afterwards. */
final class Turn {

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
