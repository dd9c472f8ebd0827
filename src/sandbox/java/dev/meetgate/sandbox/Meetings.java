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

/** Everybody's meetings. Who has a licence also has a past: a review on each of the last twelve Mondays. */
final class Meetings {

    private static final int REVIEWS = 12;

    private final Map<Long, Meeting> meetings = new LinkedHashMap<>();

    Meetings() {
        Account.ALL.stream().filter(Account::isLicensed).forEach(account -> add(account, weeklyReview()));
    }

    private static MeetingRequest weeklyReview() {
        LocalDate lastMonday = LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previous(DayOfWeek.MONDAY));
        Instant last = lastMonday.atTime(LocalTime.of(9, 0)).toInstant(ZoneOffset.UTC);
        Instant first = last.minus(Duration.ofDays(7L * (REVIEWS - 1)));
        Instant end = last.plus(Duration.ofMinutes(30));
        return new MeetingRequest("Weekly review", first, end, false, "Hybrid", "scheduled", List.of());
    }

    Meeting add(Account organizer, MeetingRequest request) {
        long id = ThreadLocalRandom.current().nextLong(100_000_000, 1_000_000_000);
        var meeting = new Meeting(id, organizer, request);
        return meetings.putIfAbsent(id, meeting) == null ? meeting : add(organizer, request);
    }

    void replace(Meeting meeting) {
        meetings.put(meeting.id(), meeting);
    }

    void remove(Meeting meeting) {
        meetings.remove(meeting.id());
    }

    Stream<Meeting> of(Account organizer) {
        return meetings.values().stream().filter(meeting -> meeting.organizer().equals(organizer));
    }

    @Nullable
    Meeting find(Account organizer, @Nullable String id) {
        return of(organizer)
                .filter(meeting -> Long.toString(meeting.id()).equals(id))
                .findFirst()
                .orElse(null);
    }
}
