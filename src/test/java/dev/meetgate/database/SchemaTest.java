package dev.meetgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select 1 from connection where tenant = $1 | select 1 from "acme".connection where tenant = $1
            update connection set id = id from free where connection.id = free.id \
              | update "acme".connection set id = id from free where connection.id = free.id
            insert into revocation (id) select id from erased \
              | insert into "acme".revocation (id) select id from erased
            INSERT INTO connection_link VALUES (1) | INSERT INTO connection_link VALUES (1)
            select ce1_0.id from connection ce1_0 for no key update | select ce1_0.id from "acme".connection ce1_0 for no key update
            select 1 from "acme".connection | select 1 from "acme".connection
            """)
    void putsTheSchemaBeforeItsTablesAlone(String sql, String qualified) {
        assertEquals(qualified, new Schema(Optional.of("acme")).place(sql));
    }

    @Test
    void leavesTheTablesOfAnOldInstallationToPostgres() {
        var schema = new Schema(Optional.empty());
        schema.useSearchPath();

        assertEquals("select 1 from connection", schema.place("select 1 from connection"));
    }
}
