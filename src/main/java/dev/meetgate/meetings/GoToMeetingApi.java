package dev.meetgate.meetings;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meetgate.Failure;
import dev.meetgate.vault.Bearer;
import dev.meetgate.vault.BearerFilter;
import dev.meetgate.vault.GoToErrors;
import io.quarkus.rest.client.reactive.NotBody;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** GoToMeeting's REST API. One meeting is an array with one element there. */
@RegisterRestClient(configKey = "goto")
@RegisterProvider(BearerFilter.class)
@RegisterProvider(GoToErrors.class)
@Path("/G2M/rest")
interface GoToMeetingApi {

    @GET
    @Path("/upcomingMeetings")
    Uni<List<WireMeeting>> upcomingMeetings(@NotBody Bearer bearer);

    @POST
    @Path("/meetings")
    Uni<List<WireCreated>> create(@NotBody Bearer bearer, WireNewMeeting meeting);

    @GET
    @Path("/meetings/{meetingId}")
    Uni<List<WireMeeting>> meeting(@NotBody Bearer bearer, @PathParam("meetingId") String meetingId);

    @DELETE
    @Path("/meetings/{meetingId}")
    Uni<Response> delete(@NotBody Bearer bearer, @PathParam("meetingId") String meetingId);

    @ClientObjectMapper
    static ObjectMapper wire(ObjectMapper ours) {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .build();
    }

    /** The keys of a request are lower-case, but for one. */
    record WireNewMeeting(
            String subject,
            String starttime,
            String endtime,
            boolean passwordrequired,
            String conferencecallinfo,
            String timezonekey,
            String meetingtype,
            @JsonProperty("coorganizerKeys") List<String> coorganizerKeys) {

        static WireNewMeeting of(NewMeeting meeting) {
            return new WireNewMeeting(
                    WireText.escaped(meeting.subject()),
                    meeting.startTime().toString(),
                    meeting.endTime().toString(),
                    meeting.passwordRequired(),
                    meeting.audio().wireName(),
                    "",
                    meeting.type().name().toLowerCase(Locale.ROOT),
                    meeting.coorganizers());
        }
    }

    record WireCreated(
            @Nullable String meetingid,
            @Nullable String joinURL,
            @Nullable String conferenceCallInfo) {

        /** The answer has little more than the id: the rest is what was asked for. */
        Meeting toMeeting(NewMeeting meeting) {
            if (meetingid == null) {
                throw new Failure.GoToUnavailable("GoTo answered what is not a meeting.");
            }
            return new Meeting(
                    meetingid,
                    meeting.subject(),
                    meeting.startTime(),
                    meeting.endTime(),
                    meeting.type().name(),
                    null,
                    meeting.passwordRequired(),
                    meeting.audio(),
                    joinURL == null || joinURL.isBlank() ? null : joinURL,
                    conferenceCallInfo == null || conferenceCallInfo.isBlank() ? null : conferenceCallInfo.strip(),
                    meeting.coorganizers().isEmpty() ? null : meeting.coorganizers(),
                    null);
        }
    }
}
