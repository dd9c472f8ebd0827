package dev.meetgate.benchmark;

import dev.meetgate.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

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

    private Connection connection() throws SQLException {
        String url = "jdbc:" + url() + "?currentSchema=meetgate,public";
        return DriverManager.getConnection(url, LocalPostgres.USER, LocalPostgres.USER);
    }
}
