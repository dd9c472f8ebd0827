package dev.meetgate.meetings;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.meetgate.problem.Failure;
import dev.meetgate.vault.Bearer;
import io.quarkus.rest.client.reactive.NotBody;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of GoToMeeting's REST API that is about a user's own meetings, but for the {@link UpcomingMeetings}. */
@Path("/G2M/rest")
interface GoToMeetingApi {

    /** What began in the range. */
    @GET
    @Path("/historicalMeetings")
    Uni<List<WireSession>> historicalMeetings(
            @NotBody Bearer bearer, @QueryParam("startDate") String startDate, @QueryParam("endDate") String endDate);

    @POST
    @Path("/meetings")
    Uni<List<WireCreated>> create(@NotBody Bearer bearer, WireNewMeeting meeting);

    @GET
    @Path("/meetings/{meetingId}")
    Uni<List<WireMeeting>> meeting(@NotBody Bearer bearer, @PathParam("meetingId") String meetingId);

    @PUT
    @Path("/meetings/{meetingId}")
    Uni<Response> update(@NotBody Bearer bearer, @PathParam("meetingId") String meetingId, WireNewMeeting meeting);

    @DELETE
    @Path("/meetings/{meetingId}")
    Uni<Response> delete(@NotBody Bearer bearer, @PathParam("meetingId") String meetingId);

    @GET
    @Path("/meetings/{meetingId}/start")
    Uni<WireStart> start(@NotBody Bearer bearer, @PathParam("meetingId") String meetingId);

    /** Of all sessions of the meeting. */
    @GET
    @Path("/meetings/{meetingId}/attendees")
    Uni<List<WireAttendance>> attendees(@NotBody Bearer bearer, @PathParam("meetingId") String meetingId);

    @ClientObjectMapper
    static ObjectMapper wire(ObjectMapper ours) {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.SKIP))
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .build();
    }

    /** One meeting is an array with one element. */
    static <T> T only(@Nullable List<T> elements) {
        if (elements == null || elements.size() != 1) {
            throw Failure.GoToUnavailable.answered("GoTo answered another number of meetings than one.");
        }
        return elements.get(0);
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
                    meeting.wireType(),
                    meeting.coorganizers());
        }
    }

    /** Prints nothing: whoever has the URL is the host. */
    record WireStart(@Nullable String hostURL) {

        @Override
        public String toString() {
            return "WireStart[***]";
        }
    }

    record WireCreated(
            @Nullable String meetingid,
            @Nullable String joinURL,
            @Nullable String conferenceCallInfo) {

        Meeting toMeeting(NewMeeting meeting) {
            if (meetingid == null) {
                throw Failure.GoToUnavailable.answered("GoTo answered what is not a meeting.");
            }
            boolean isAudio = Meeting.Audio.ofWire(conferenceCallInfo) != null;
            String dialIn = isAudio ? null : WireText.present(conferenceCallInfo);
            return Meeting.written(meetingid, meeting, WireText.present(joinURL), dialIn);
        }
    }
}
