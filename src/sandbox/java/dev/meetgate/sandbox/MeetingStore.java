package dev.meetgate.sandbox;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The meetings of all people. Each licensed person starts with a weekly review on the last twelve Mondays.
 */
final class MeetingStore {

    private static final int REVIEWS = 12;

    private final Map<Long, StoredMeeting> meetings = new LinkedHashMap<>();

    MeetingStore() {
        Person.ALL.stream().filter(Person::isLicensed).forEach(person -> add(person, weeklyReview()));
    }

    private static MeetingRequest weeklyReview() {
        LocalDate lastMonday = LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previous(DayOfWeek.MONDAY));
        Instant last = lastMonday.atTime(LocalTime.of(9, 0)).toInstant(ZoneOffset.UTC);
        Instant first = last.minus(Duration.ofDays(7L * (REVIEWS - 1)));
        Instant end = last.plus(Duration.ofMinutes(30));
        return new MeetingRequest("Weekly review", first, end, false, "Hybrid", "scheduled", List.of());
    }

    StoredMeeting add(Person organizer, MeetingRequest request) {
        long id = ThreadLocalRandom.current().nextLong(100_000_000, 1_000_000_000);
        var meeting = new StoredMeeting(id, organizer, request);
        return meetings.putIfAbsent(id, meeting) == null ? meeting : add(organizer, request);
    }

    void replace(StoredMeeting meeting) {
        meetings.put(meeting.id(), meeting);
    }

    void remove(StoredMeeting meeting) {
        meetings.remove(meeting.id());
    }

    Stream<StoredMeeting> of(Person organizer) {
        return meetings.values().stream().filter(meeting -> meeting.organizer().equals(organizer));
    }

    @Nullable
    StoredMeeting find(Person organizer, @Nullable String id) {
        return of(organizer)
                .filter(meeting -> Long.toString(meeting.id()).equals(id))
                .findFirst()
                .orElse(null);
    }
}
