package dev.meetgate.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseUrlTest {

    /** In the order of the attempts to connect: the host, and whether it is encrypted. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgres://u:p@db.example.com/d                                | db.example.com:5432 true, db.example.com:5432 false
            postgresql://u:p@127.0.0.1:5433/d                              | 127.0.0.1:5433 false, 127.0.0.1:5433 true
            postgresql://u:p@[::1]:5433/d?sslmode=disable                  | [::1]:5433 false
            postgresql://u:p@a:1,b:2/d?sslmode=require                     | a:1 true, b:2 true
            postgresql://u:p@/d?host=a,b&port=6432&sslmode=verify-full     | a:6432 true, b:6432 true
            postgresql://u:p@a/d?ssl=true                                  | a:5432 true
            """)
    void triesAsPsqlWould(String url, String attempts) {
        assertEquals(
                attempts,
                String.join(
                        ", ",
                        DatabaseUrl.parse(url).candidates().stream()
                                .map(attempt -> attempt.host() + " " + attempt.encrypted())
                                .toList()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            postgresql://u:p%40%2F%3A%25+%24@a/d          | u    | p@/:%+$ | d
            postgresql://u:a?b#c@a/d?sslmode=require      | u    | a?b#c   | d
            postgresql://u%2Bx:p@a                        | u+x  | p       | u+x
            postgresql://a/d%20e?user=u&password=p%26q    | u    | p&q     | d e
            vertx-reactive:postgresql://a/d               | none | none    | d
            """)
    void decodesTheLogin(String text, String user, String password, String database) {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertEquals(user, url.user());
        assertEquals(password, url.password());
        assertEquals(database, url.database());
        assertFalse(url.toString().contains("p@"), url.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sslmode=require                              | sslmode=require
            sslmode=require&channel_binding=require      | sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory&sslmode=verify-full
            sslrootcert=system                           | sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory&sslmode=verify-full
            sslmode=require&sslrootcert=pom.xml          | sslmode=verify-ca&sslrootcert=pom.xml
            sslmode=verify-full&sslrootcert=pom.xml      | sslmode=verify-full&sslrootcert=pom.xml
            target_session_attrs=read-write              | sslmode=prefer&targetServerType=primary
            application_name=a%20b&options=endpoint%3De  | ApplicationName=a%20b&options=endpoint%3De&sslmode=prefer
            connect_timeout=7&keepalives=1&sslsni=1      | connectTimeout=7&sslmode=prefer
            """)
    void saysTheSameToTheJdbcDriver(String parameters, String expected) {
        String jdbc = DatabaseUrl.parse("postgres://u:p@db.example.com/d?" + parameters)
                .jdbc();

        assertTrue(jdbc.startsWith("jdbc:postgresql://db.example.com:5432/d?"), jdbc);
        String actual = jdbc.replaceFirst(".*\\?", "").replaceFirst("&?tcpKeepAlive=true", "");
        String withDefault = expected.contains("connectTimeout")
                ? expected
                : expected.replaceFirst("^((?:ApplicationName=[^&]*&)?)", "$1connectTimeout=15&");
        assertEquals(withDefault, actual);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mysql://u:s3cret@a/d                                     | not of the form postgresql://
            postgresql://u:s3cret@/d                                 | a host is missing
            postgresql://u:s3cret@a:x/d                              | not of the form name:port
            postgresql://u:s3cret@a:99999/d                          | port is not a number from 1 to 65535
            postgresql://u:s3cret@%2Fcloudsql%2Fp/d                  | MeetGate connects by TCP
            postgresql://u:s3cret@a/d?sslmode=on                     | sslmode is not one of disable, allow
            postgresql://u:s3cret@a/d?sslrootcert=/none.pem          | the file /none.pem of sslrootcert cannot be read
            postgresql://u:s3cret@a/d?sslmode=require&sslrootcert=system | needs sslmode=verify-full
            postgresql://u:s3cret@a/d?sslcert=/a&sslkey=/b           | with a password, not with a certificate
            postgresql://u:s3cret@a/d?target_session_attrs=standby   | Set target_session_attrs=read-write
            postgresql://u:s3cret@a/d?gssencmode=require             | does not know its parameter gssencmode
            postgresql://u:s3cret@a/d?pgbouncer=true                 | does not know its parameter pgbouncer. Leave it out
            postgresql://u:s3cret@a/d?channel_binding=on             | channel_binding is not one of
            postgresql://u:s3cret@a/d?connect_timeout=soon           | connect_timeout is not a number
            postgresql://u:s3cret@a/d?sslmode                        | sslmode has no value
            """)
    void saysWhatToSet(String url, String sentence) {
        String message = assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse(url))
                .getMessage();

        assertTrue(message.contains(sentence), message);
        assertFalse(message.contains("s3cret"), message);
    }

    @Test
    void looksForThePrimaryOfSeveralHosts() {
        assertTrue(DatabaseUrl.parse("postgresql://a,b/d").primary());
        assertFalse(
                DatabaseUrl.parse("postgresql://a,b/d?target_session_attrs=any").primary());
        assertFalse(DatabaseUrl.parse("postgresql://a/d").primary());
    }
}
