package dev.meetgate.benchmark;

import dev.meetgate.Api;
import dev.meetgate.benchmark.Subject.Call;
import dev.meetgate.packaged.Replica;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * MeetGate over a database with many connections, one of which is real.
 *
 * @param meetGate its call is the real connection's
 * @param pages the full pages of the listing, first to last
 */
record GrownTable(Subject meetGate, List<Call> pages) {

    private static final Call LISTING = new Call("/v1/connections?limit=200", Stage.API_KEY);

    static GrownTable of(int connections, Stage stage) throws IOException {
        var database = Database.create("connections_" + connections);
        var settings = Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", database.url());
        String user = Api.freshUser();
        Subject meetGate = stage.meetGate().with(settings).calling(Stage.meetings(user));
        Stage.connect(meetGate, user);
        copyConnection(database, connections - 1);
        try (Replica replica = meetGate.start()) {
            return new GrownTable(meetGate, pages(replica.port()));
        }
    }

    /** With whatever columns it has. */
    private static void copyConnection(Database database, int copies) {
        List<String> columns = database.columns("connection");
        String values = columns.stream()
                .map(column -> switch (column) {
                    case "id" -> "gen_random_uuid()";
                    case "user_id" -> "md5(n::text)";
                    default -> column;
                })
                .collect(Collectors.joining(", "));
        database.execute("insert into connection (%s) select %s from connection, generate_series(1, %d) n"
                .formatted(String.join(", ", columns), values, copies));
        database.execute("vacuum analyze connection");
    }

    private static List<Call> pages(int port) {
        var pages = new ArrayList<Call>();
        Call page = LISTING;
        var answer = new JsonObject(Http.get(port, page).join());
        while (answer.containsKey("nextCursor")) {
            pages.add(page);
            page = new Call(LISTING.path() + "&cursor=" + answer.getString("nextCursor"), Stage.API_KEY);
            answer = new JsonObject(Http.get(port, page).join());
        }
        return pages;
    }

    Call firstPage() {
        return pages.get(0);
    }

    Call middlePage() {
        return pages.get(pages.size() / 2);
    }

    Call lastPage() {
        return pages.get(pages.size() - 1);
    }
}
