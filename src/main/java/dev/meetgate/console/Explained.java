package dev.meetgate.console;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A cause in words. */
record Explained(String code, String whose, String happened, String next) {

    /** For the page. */
    @JsonIgnore
    public String whoseMatter() {
        return "A matter of "
                + whose.replaceFirst("^the tenant's$", "the tenant").replaceFirst("'s$", "");
    }

    static Explained of(Cause cause) {
        return new Explained(cause.code(), cause.whose().words(), cause.happened(), cause.next());
    }
}
