package dev.meetgate.meetings;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meeting as our API shows it.
 *
 * @param type {@code SCHEDULED}, {@code RECURRING} or {@code IMMEDIATE}, or what else GoTo may come to say
 * @param status {@code ACTIVE} or {@code INACTIVE}, or what else GoTo may come to say
 * @param audio known for a meeting that was made or changed here; GoTo answers with the dial-in text alone
 * @param joinUrl known for a meeting that was made here
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

    /** @param groupName the organizer's group, where a group was asked about */
    record Organizer(
            @Nullable String organizerKey,
            @Nullable String email,
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable String groupName) {

        /** Nothing where GoTo says neither who nor where. */
        static @Nullable Organizer of(
                @Nullable String organizerKey,
                @Nullable String email,
                @Nullable String firstName,
                @Nullable String lastName,
                @Nullable String groupName) {
            return organizerKey == null && email == null
                    ? null
                    : new Organizer(organizerKey, email, firstName, lastName, groupName);
        }
    }

    /** A meeting that was just written: GoTo's answer has little more than its id. */
    static Meeting written(String id, NewMeeting values, @Nullable String joinUrl, @Nullable String dialIn) {
        return new Meeting(
                id,
                values.subject(),
                values.startTime(),
                values.endTime(),
                values.type().name(),
                null,
                values.passwordRequired(),
                values.audio(),
                joinUrl,
                dialIn,
                values.coorganizers().isEmpty() ? null : values.coorganizers(),
                null);
    }

    /** The same meeting with what is remembered of it; what GoTo itself says goes first. */
    Meeting remembering(Audio remembered, @Nullable String rememberedJoinUrl) {
        return new Meeting(
                id,
                subject,
                startTime,
                endTime,
                type,
                status,
                passwordRequired,
                audio == null ? remembered : audio,
                joinUrl == null ? rememberedJoinUrl : joinUrl,
                dialIn,
                coorganizers,
                organizer);
    }

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

        /** Nothing for any other text, which is dial-in numbers and codes. */
        static @Nullable Audio ofWire(@Nullable String text) {
            return Arrays.stream(values())
                    .filter(audio -> audio.wireName.equalsIgnoreCase(text))
                    .findFirst()
                    .orElse(null);
        }
    }
}
