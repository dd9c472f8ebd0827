package dev.meetgate.benchmark;

import dev.meetgate.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A database of the embedded server. */
record Database(String name) {

    static Database create(String name) {
        new Database("postgres").execute("create database " + name);
        return new Database(name);
    }

    /** As {@code postgresql://host:port/name}. */
    String url() {
        return LocalPostgres.url().replaceFirst("/postgres$", "/" + name);
    }

    void execute(String sql, Object... values) {
        try (Connection connection = connection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those that can be written: a generated one makes itself. */
    List<String> columns(String table) {
        var columns = new ArrayList<String>();
        try (Connection connection = connection();
                var found = connection.getMetaData().getColumns(null, "public", table, null)) {
            while (found.next()) {
                if (!"YES".equals(found.getString("IS_GENERATEDCOLUMN"))) {
                    columns.add(found.getString("COLUMN_NAME"));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return columns;
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:" + url(), LocalPostgres.USER, LocalPostgres.USER);
    }
}
