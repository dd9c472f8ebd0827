package dev.meetgate.meetings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.meetgate.gotoapi.GoToCall;
import dev.meetgate.gotoapi.GoToChange;
import dev.meetgate.gotoapi.WireList;
import dev.meetgate.gotoapi.WireText;
import dev.meetgate.problem.Failure;
import io.quarkus.rest.client.reactive.NotBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** GoToMeeting's API for meetings. */
@Path("/G2M/rest")
interface GoToMeetingApi {

    @GET
    @Path("/upcomingMeetings")
    Uni<WireList<WireMeeting>> upcoming(@NotBody GoToCall call);

    @GET
    @Path("/organizers/{organizerKey}/upcomingMeetings")
    Uni<WireList<WireMeeting>> organizersUpcoming(
            @NotBody GoToCall call, @PathParam("organizerKey") String organizerKey);

    @GET
    @Path("/groups/{groupKey}/upcomingMeetings")
    Uni<WireList<WireMeeting>> groupsUpcoming(@NotBody GoToCall call, @PathParam("groupKey") String groupKey);

    @POST
    @Path("/meetings")
    Uni<List<WireCreated>> create(@NotBody GoToChange change, WireNewMeeting meeting);

    @GET
    @Path("/meetings/{meetingId}")
    Uni<List<WireMeeting>> meeting(@NotBody GoToCall call, @PathParam("meetingId") String meetingId);

    @PUT
    @Path("/meetings/{meetingId}")
    Uni<Response> update(@NotBody GoToChange change, @PathParam("meetingId") String meetingId, WireNewMeeting meeting);

    @DELETE
    @Path("/meetings/{meetingId}")
    Uni<Response> delete(@NotBody GoToChange change, @PathParam("meetingId") String meetingId);

    /** Counts as a change, because the answer lets its reader host the meeting. */
    @GET
    @Path("/meetings/{meetingId}/start")
    Uni<WireStart> start(@NotBody GoToChange change, @PathParam("meetingId") String meetingId);

    /** GoTo returns one meeting as an array of one element. */
    static <T> T single(@Nullable List<T> elements) {
        if (elements == null || elements.size() != 1) {
            throw Failure.GoToUnavailable.answered("GoTo's answer does not have exactly one meeting.");
        }
        return elements.get(0);
    }

    /** GoTo's request members are lower-case, with one exception. */
    record WireNewMeeting(
            String subject,
            String starttime,
            String endtime,
            boolean passwordrequired,
            String conferencecallinfo,
            String timezonekey,
            String meetingtype,
            @JsonProperty("coorganizerKeys") List<String> coorganizerKeys) {

        private static final Map<String, String> OUR_NAMES = Map.of(
                "subject", "subject",
                "starttime", "startTime",
                "endtime", "endTime",
                "passwordrequired", "passwordRequired",
                "conferencecallinfo", "audio",
                "meetingtype", "type",
                "coorganizerKeys", "coorganizers");

        /** The rejection of a request like this, with our name of the member. */
        static Failure named(Failure.RejectedByGoTo rejected) {
            return rejected.naming(rejected.member() == null ? null : OUR_NAMES.get(rejected.member()));
        }

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

    /** Prints no URL: anyone who has it can host the meeting. */
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
                throw Failure.GoToUnavailable.answered("GoTo's answer is not a meeting.");
            }
            boolean isAudio = Meeting.Audio.ofWire(conferenceCallInfo) != null;
            String dialIn = isAudio ? null : WireText.present(conferenceCallInfo);
            return Meeting.written(meetingid, meeting, WireText.present(joinURL), dialIn);
        }
    }
}
