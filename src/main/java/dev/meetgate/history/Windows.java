package dev.meetgate.history;

import dev.meetgate.http.Cursor;
import dev.meetgate.http.Page;
import dev.meetgate.http.PageLimit;
import dev.meetgate.http.RequestTime;
import dev.meetgate.problem.Failure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a time range, oldest items first.
 *
 * <p>GoTo has no pages and may fail for a long range. This class requests one window of time after another,
 * up to the end of the page.
 *
 * <ol>
 *   <li>Each item of the range is on exactly one page: a window only keeps items that started within it.
 *   <li>Memory holds the page and the answer to one window. A page ends after a fixed number of windows, even
 *       if it is short.
 *   <li>If GoTo fails after the first window, the page ends there. The next page starts with that window and
 *       reports the failure.
 * </ol>
 *
 * @param to exclusive
 */
record Windows(Position from, Instant to, int limit) {

    static final Duration WINDOW = Duration.ofDays(31);
    private static final int MOST_WINDOWS = 12;

    @FunctionalInterface
    interface Window<T> {
        Uni<List<T>> of(String startDate, String endDate);
    }

    /** Fails with {@link Failure.InvalidRequest} for the first invalid parameter. */
    static Windows of(@Nullable String from, @Nullable String to, String limit, @Nullable String cursor, Instant now) {
        Instant present = now.truncatedTo(ChronoUnit.SECONDS);
        Instant begin = RequestTime.of("from", from);
        Instant end = to == null ? present : RequestTime.of("to", to);
        if (to != null && !begin.isBefore(end)) {
            throw new Failure.InvalidRequest("from", "from must be before to.");
        }
        String place = cursor == null ? "" : cursor;
        Position position = place.isEmpty() ? Position.at(begin) : Position.of(place);
        if (!place.isEmpty()
                && (position.time().isBefore(begin) || position.time().isAfter(end))) {
            throw Cursor.unknown();
        }
        return new Windows(position, end.isBefore(present) ? end : present, PageLimit.of(limit));
    }

    <T extends Timed> Uni<Page<T>> page(Window<T> window) {
        return next(window, new ArrayList<>(), from, MOST_WINDOWS).map(Slice::toPage);
    }

    private <T extends Timed> Uni<Slice<T>> next(Window<T> window, List<T> found, Position at, int windowsLeft) {
        if (!at.time().isBefore(to)) {
            return Uni.createFrom().item(new Slice<>(found, null));
        }
        if (windowsLeft == 0 || found.size() == limit) {
            return Uni.createFrom().item(new Slice<>(found, at));
        }
        Instant start = at.time().truncatedTo(ChronoUnit.SECONDS);
        Instant end = start.plus(WINDOW).isBefore(to) ? start.plus(WINDOW) : to;
        Uni<Slice<T>> slice = window.of(start.toString(), end.toString())
                .map(answer -> Slice.of(before(end, answer), at, limit - found.size()))
                .flatMap(more -> {
                    found.addAll(more.items());
                    return more.next() == null
                            ? next(window, found, Position.at(end), windowsLeft - 1)
                            : Uni.createFrom().item(new Slice<>(found, more.next()));
                });
        return windowsLeft == MOST_WINDOWS
                ? slice
                : slice.onFailure(Failure.class).recoverWithItem(failed -> new Slice<>(found, at));
    }

    private static <T extends Timed> List<T> before(Instant end, List<T> answer) {
        return answer.stream().filter(item -> item.time().isBefore(end)).toList();
    }
}
