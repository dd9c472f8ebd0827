package dev.meetgate.gotoapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-01-15T09:00:00Z",
                "2027-01-15T09:00:00.+0000",
                "2027-01-15T09:00:00.000Z",
                "2027-01-15T09:00:00+0000",
                "2027-01-15T10:00:00+01:00",
                "2027-01-15T09:00:00",
            })
    void readsEveryFormatOfGoTo(String text) {
        assertEquals(Instant.parse("2027-01-15T09:00:00Z"), WireTime.parse(text));
    }

    @Test
    void readsAnEmptyTimeAsAbsent() {
        assertNull(WireTime.parse(null));
        assertNull(WireTime.parse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06/14/2012 11:14:43",
                "2027-13-15T09:00:00Z",
                "2027-02-30T09:00:00.+0000",
                "2027-02-30T09:00:00.000Z",
                "2027-02-30T10:00:00+01:00",
                "2027-02-28T24:00:00.000Z",
                "2027-1 -15T09:00:00Z",
                "2027-01-1:T09:00:00Z",
                "2027/01/15T09:00:00Z",
                "2027-01-15 09:00:00Z",
                "2027"
            })
    void ignoresUnknownFormats(String text) {
        assertNull(WireTime.parse(text));
    }
}
