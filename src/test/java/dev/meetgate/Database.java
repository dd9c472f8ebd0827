package dev.meetgate;

import dev.meetgate.sandbox.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The tests' hands in the service's database. */
public final class Database {

    private Database() {}

    public static void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static long count(String fromWhere) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + fromWhere)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + LocalPostgres.url(), LocalPostgres.USER, LocalPostgres.USER);
    }
}
