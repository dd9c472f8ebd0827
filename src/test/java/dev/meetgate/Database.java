package dev.meetgate;

import dev.meetgate.local.LocalPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Reads and changes the database of a test, for example to let time pass. */
public final class Database {

    private Database() {}

    /** Creates an empty database and returns its URL. */
    public static String create(String name) {
        update("create database " + name);
        return LocalPostgres.url().replaceFirst("/postgres$", "/" + name);
    }

    /** Changes rows of the tests' shared database and returns their number. */
    public static int update(String statement, Object... values) {
        try (var connection = open(LocalPostgres.url());
                var prepared = connection.prepareStatement(statement)) {
            for (int value = 0; value < values.length; value++) {
                prepared.setObject(value + 1, values[value]);
            }
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends the rest of the token endpoint that an earlier test caused, if the shared database is in use. */
    static void endRest() {
        execute(LocalPostgres.url(), """
                do $$ begin
                    if to_regclass('token_endpoint') is not null then
                        update token_endpoint set rest_until = now();
                    end if;
                end $$
                """);
    }

    /** Begins a transaction on the tests' shared database with a first statement. */
    public static Connection begin(String statement) {
        return begin(LocalPostgres.url(), statement);
    }

    /** Begins a transaction on another database with a first statement. */
    public static Connection begin(String url, String statement) {
        try {
            var connection = open(url);
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate(statement);
            return connection;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Opens a connection whose statements find MeetGate's tables by their names. */
    public static Connection open(String url) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + url + "?currentSchema=meetgate,public", LocalPostgres.USER, LocalPostgres.USER);
    }

    /** Executes statements in another database. */
    public static void execute(String url, String statements) {
        try (var connection = open(url);
                var statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The single number that a query returns. */
    public static long number(String url, String query) {
        try (var connection = open(url);
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The single text that a query returns of the tests' shared database. */
    public static String text(String query) {
        try (var connection = open(LocalPostgres.url());
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Counts rows of the tests' shared database. */
    public static long count(String fromWhere) {
        return number(LocalPostgres.url(), "select count(*) from " + fromWhere);
    }
}
