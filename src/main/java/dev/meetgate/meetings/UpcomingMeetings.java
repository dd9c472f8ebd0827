package dev.meetgate.meetings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Bearer;
import dev.meetgate.vault.GoToAnswer;
import dev.meetgate.vault.GoToHttp;
import dev.meetgate.vault.GoToRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks GoTo for a user's upcoming meetings: the most frequent call, and so not one of the REST client's. */
@Singleton
class UpcomingMeetings {

    private static final GoToRequest REQUEST = GoToRequest.get("G2M/rest/upcomingMeetings");

    private final GoToHttp http;
    private final ObjectReader meetings;

    UpcomingMeetings(GoToHttp http, ObjectMapper ours) {
        this.http = http;
        this.meetings = GoToMeetingApi.wire(ours).readerForListOf(WireMeeting.class);
    }

    Uni<List<WireMeeting>> of(Bearer bearer) {
        return http.send(bearer, REQUEST).map(GoToAnswer::orFail).map(this::read);
    }

    private List<WireMeeting> read(GoToAnswer answer) {
        byte[] json = answer.json();
        try {
            @Nullable List<WireMeeting> read = meetings.readValue(json);
            if (read == null) {
                throw nonsense();
            }
            return read;
        } catch (IOException isNoList) {
            throw nonsense();
        }
    }

    private static Failure nonsense() {
        return Failure.GoToUnavailable.answered("GoTo answered nonsense.");
    }
}
