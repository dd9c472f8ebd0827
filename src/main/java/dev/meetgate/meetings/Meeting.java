package dev.meetgate.meetings;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as our API shows it.
 *
 * @param type {@code SCHEDULED}, {@code RECURRING} or {@code IMMEDIATE}, or what else GoTo may come to say
 * @param status {@code ACTIVE} or {@code INACTIVE}, or what else GoTo may come to say
 * @param audio known for a meeting that was created here; GoTo answers with the dial-in text alone
 * @param dialIn numbers and codes as text for people, in GoTo's words
 * @param coorganizers user keys of GoTo
 */
record Meeting(
        String id,
        String subject,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        String type,
        @Nullable String status,
        boolean passwordRequired,
        @Nullable Audio audio,
        @Nullable String joinUrl,
        @Nullable String dialIn,
        @Nullable List<String> coorganizers,
        @Nullable Organizer organizer) {

    record Organizer(
            @Nullable String organizerKey,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName) {}

    enum Type {
        SCHEDULED,
        RECURRING,
        IMMEDIATE
    }

    enum Audio {
        PSTN("PSTN"),
        VOIP("VoIP"),
        FREE("Free"),
        HYBRID("Hybrid"),
        PRIVATE("Private");

        private final String wireName;

        Audio(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }
}
