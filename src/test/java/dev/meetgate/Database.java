package dev.meetgate;

import dev.meetgate.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The tests' hands on the database: to let time pass in it, and to see what stands there. */
public final class Database {

    private Database() {}

    /** Makes an empty database and answers with its URL. */
    public static String empty(String name) {
        update("create database " + name);
        return LocalPostgres.url().replaceFirst("/postgres$", "/" + name);
    }

    /** Changes rows of the database that the tests share, and answers with how many. */
    public static int update(String statement, Object... values) {
        String url = "jdbc:" + LocalPostgres.url();
        try (var connection = DriverManager.getConnection(url, LocalPostgres.USER, LocalPostgres.USER);
                var prepared = connection.prepareStatement(statement)) {
            for (int value = 0; value < values.length; value++) {
                prepared.setObject(value + 1, values[value]);
            }
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Changes rows of the database that the tests share, for others to see once the connection commits. */
    public static Connection begin(String statement) {
        return begin(LocalPostgres.url(), statement);
    }

    /** The same in another database. */
    public static Connection begin(String url, String statement) {
        try {
            var connection = DriverManager.getConnection("jdbc:" + url, LocalPostgres.USER, LocalPostgres.USER);
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate(statement);
            return connection;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Changes another database than the one that the tests share. */
    public static void execute(String url, String statements) {
        try (var connection = DriverManager.getConnection("jdbc:" + url, LocalPostgres.USER, LocalPostgres.USER);
                var statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The one number that the query answers with. */
    public static long number(String url, String query) {
        try (var connection = DriverManager.getConnection("jdbc:" + url, LocalPostgres.USER, LocalPostgres.USER);
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** How many rows of the database that the tests share. */
    public static long count(String fromWhere) {
        return number(LocalPostgres.url(), "select count(*) from " + fromWhere);
    }
}
