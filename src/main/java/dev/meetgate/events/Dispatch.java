package dev.meetgate.events;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * Sends the events of one tenant. One caller at a time claims what is due. One caller at a time reads when
 * the next event is due, and sets the alarm: an older answer of the database cannot replace a newer one.
 */
final class Dispatch {

    /** The pause after a failure, mostly of the database. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /**
     * Events that are being sent, even if nobody waits for it.
     *
     * @param end completes when each of them, and each that has become due meanwhile, was sent once
     */
    record Sending(Uni<Void> end) {

        static final Sending NOTHING = new Sending(Uni.createFrom().voidItem());
    }

    private final String tenant;
    private final Lanes lanes;
    private final Deliveries deliveries;
    private final SendingAttempts attempts;
    private final Alarm alarm;
    private final OneAtATime looking = new OneAtATime();
    private final OneAtATime setting = new OneAtATime();

    /** After a look that failed, the database may not know yet what is to be sent. */
    private volatile boolean owesALook;

    Dispatch(String tenant, Lanes lanes, Deliveries deliveries, SendingAttempts attempts, Alarm alarm) {
        this.tenant = tenant;
        this.lanes = lanes;
        this.deliveries = deliveries;
        this.attempts = attempts;
        this.alarm = alarm;
    }

    /** Begins to send what is due. */
    Uni<Sending> look() {
        return looking.begin()
                ? claim().flatMap(this::begin).onFailure().invoke(this::lookLater)
                : Uni.createFrom().item(Sending.NOTHING);
    }

    private Uni<List<SendingAttempt>> claim() {
        return deliveries
                .add(tenant)
                .flatMap(added -> lanes.claim())
                .invoke(claimed -> owesALook = false)
                .onTermination()
                .invoke(() -> {
                    if (looking.end()) {
                        alarm.wakeNow();
                    }
                });
    }

    private Uni<Sending> begin(List<SendingAttempt> claimed) {
        if (claimed.isEmpty()) {
            return setAlarm().replaceWith(Sending.NOTHING);
        }
        Uni<Void> end = lanes.send(claimed, this::setAlarm);
        end.subscribe().with(sent -> {}, failure -> lookLater());
        return Uni.createFrom().item(new Sending(end));
    }

    private void lookLater() {
        owesALook = true;
        alarm.set(AFTER_FAILURE);
    }

    /** Sets no alarm while all lanes are taken: a lane claims the next event when it is done. */
    private Uni<Void> setAlarm() {
        return lanes.areTaken() || !setting.begin()
                ? Uni.createFrom().voidItem()
                : attempts.untilNext(tenant)
                        .invoke(left -> alarm.set(owesALook ? AFTER_FAILURE : left))
                        .onFailure()
                        .invoke(this::setLater)
                        .flatMap(left ->
                                setting.end() ? setAlarm() : Uni.createFrom().voidItem());
    }

    private void setLater() {
        setting.end();
        lookLater();
    }
}
