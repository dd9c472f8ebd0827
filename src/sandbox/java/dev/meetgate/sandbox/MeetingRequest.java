package dev.meetgate.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a meeting, as a client sends them. Stricter than GoTo: every deviation from its documentation
 * is refused.
 */
record MeetingRequest(
        String subject,
        Instant startTime,
        Instant endTime,
        boolean passwordRequired,
        String audio,
        String type,
        List<String> coorganizerKeys) {

    private static final Set<String> REQUIRED = Set.of(
            "subject", "starttime", "endtime", "passwordrequired", "conferencecallinfo", "timezonekey", "meetingtype");
    private static final String OPTIONAL = "coorganizerKeys";
    private static final Set<String> TYPES = Set.of("immediate", "recurring", "scheduled");
    private static final Pattern UTC_SECONDS = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Duration LATENESS = Duration.ofMinutes(1);

    static MeetingRequest read(JsonObject json, Instant now) {
        checkFields(json.fieldNames());
        check("".equals(json.getValue("timezonekey")), "timezonekey must be empty");
        check(json.getValue("passwordrequired") instanceof Boolean, "passwordrequired must be true or false");
        var request = new MeetingRequest(
                subject(text(json, "subject")),
                time("starttime", text(json, "starttime")),
                time("endtime", text(json, "endtime")),
                json.getBoolean("passwordrequired"),
                text(json, "conferencecallinfo"),
                text(json, "meetingtype"),
                strings(json.getValue(OPTIONAL, new JsonArray())));
        check(!request.startTime.isBefore(now.minus(LATENESS)), "starttime is in the past");
        check(request.endTime.isAfter(request.startTime), "endtime must be after starttime");
        check(
                !request.audio.isEmpty() && request.audio.length() <= 255,
                "conferencecallinfo must have 1 to 255 characters");
        check(TYPES.contains(request.type), "meetingtype must be one of " + TYPES);
        return request;
    }

    /** Reads a date in the one form that GoTo accepts: UTC, in seconds. */
    static Instant time(String name, @Nullable String value) {
        if (value == null || !UTC_SECONDS.matcher(value).matches()) {
            throw Refusal.invalid(name + " must look like 2027-01-15T09:00:00Z");
        }
        try {
            return Instant.parse(value);
        } catch (DateTimeException noSuchDay) {
            throw Refusal.invalid(name + " does not exist");
        }
    }

    private static void checkFields(Set<String> names) {
        var missing = new HashSet<>(REQUIRED);
        missing.removeAll(names);
        check(missing.isEmpty(), "required fields are missing: " + missing);
        var unknown = new HashSet<>(names);
        unknown.removeAll(REQUIRED);
        unknown.remove(OPTIONAL);
        check(unknown.isEmpty(), "fields are unknown: " + unknown);
    }

    private static String text(JsonObject json, String name) {
        if (json.getValue(name) instanceof String text) {
            return text;
        }
        throw Refusal.invalid(name + " must be a string");
    }

    private static String subject(String escaped) {
        check(!escaped.contains("<") && !escaped.contains(">"), "subject must have < and > escaped");
        String subject = escaped.replace("&lt;", "<").replace("&gt;", ">");
        check(!subject.isEmpty() && subject.length() <= 100, "subject must have 1 to 100 characters");
        return subject;
    }

    private static List<String> strings(@Nullable Object value) {
        if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            return array.stream().map(String.class::cast).toList();
        }
        throw Refusal.invalid(OPTIONAL + " must be strings");
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw Refusal.invalid(sentence);
        }
    }
}
