package dev.meetgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SchemaCheckTest {

    @Test
    void requiresTheNewestMigration() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            int newest = files.map(file -> file.getFileName().toString().replaceFirst("^V(\\d+)__.*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElseThrow();

            assertEquals(newest, SchemaCheck.NEWEST);
        }
    }

    @Test
    void knowsTheTablesOfAllMigrations() throws IOException {
        var created = new TreeSet<String>();
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            for (Path file : files.toList()) {
                Pattern.compile("create table (\\w+)")
                        .matcher(Files.readString(file))
                        .results()
                        .forEach(table -> created.add(table.group(1)));
            }
        }

        assertEquals(created, new TreeSet<>(SchemaCheck.TABLES));
    }
}
