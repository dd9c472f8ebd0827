package dev.meetgate.console;

import dev.meetgate.audit.Outcome;
import dev.meetgate.caller.Actor;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts of the console's pages. Each enum's constants have a message of their own. */
@MessageBundle(value = "console", locale = "en")
public interface ConsoleTexts {

    @Message
    String console();

    @Message
    String fleet();

    @Message
    String users();

    @Message
    String webhooks();

    @Message
    String signIn();

    @Message
    String signOut();

    @Message
    String nextPage();

    @Message
    String all();

    @Message
    String none();

    @Message
    String tenant();

    @Message
    String user();

    @Message
    String status();

    @Message
    String reason();

    @Message
    String state();

    @Message
    String name();

    @Message
    String kind();

    @Message
    String key();

    @Message
    String event();

    @Message
    String host();

    @Message
    String end();

    @Message
    String connections();

    @Message
    String connectionsAreCounted();

    @Message
    String connectionsTitle();

    @Message
    String counted(String at);

    @Message
    String areCounted();

    @Message
    String nobodyYet();

    @Message
    String up();

    @Message
    String down();

    @Message
    String resting();

    @Message
    String api();

    @Message
    String authorizationServer();

    @Message
    String recentTokens();

    @Message
    String waitingCalls();

    @Message
    String failsNow();

    @Message
    String nothingFailed();

    @Message
    String userOf();

    @Message
    String usersOf();

    @Message
    String next();

    @Message
    String budget();

    @Message
    String requests();

    @Message
    String highest(long highest, int limit);

    @Message
    String pausedByGoTo(String time);

    @Message
    String slowedByGoTo(String time);

    @Message
    String minute(String time, long granted, long refused);

    @Message
    String refreshes(long refreshed, long ended, long failed);

    @Message
    String noWebhook();

    @Message
    String waiting();

    @Message
    String lastFailure();

    @Message
    String on();

    @Message
    String off();

    @Message
    String paused();

    @Message
    String since(String time);

    @Message
    String until(String time);

    @Message
    String callersKeys();

    @Message
    String keyState(KeyState state);

    @Message
    String sealingKeys();

    @Message
    String connectionsLeft();

    @Message
    String seals();

    @Message
    String missing();

    @Message
    String isReplaced();

    @Message
    String removable();

    @Message
    String userBegins();

    @Message
    String emailBegins();

    @Message
    String search();

    @Message
    String noneOnThisPage();

    @Message
    String noneFound();

    @Message
    String storyWithoutConnection();

    @Message
    String storyOf();

    @Message
    String emailAtGoTo();

    @Message
    String connectedAt();

    @Message
    String newTokens();

    @Message
    String works(String user);

    @Message
    String fails(String user, String whose);

    @Message
    String worksButNotEndedKey(String user);

    @Message
    String worksButLastRefused(String user);

    @Message
    String worksButUntold(String user);

    @Message
    String whose(Whose whose);

    @Message
    String matterOf(Whose whose);

    @Message
    String happened(Cause cause);

    @Message
    String nextStep(Cause cause);

    @Message
    String whatHappened();

    @Message
    String nothingKnown();

    @Message
    String moment(Story.Kind kind);

    @Message
    String by(String who);

    @Message
    String actor(Actor.Kind kind);

    @Message
    String outcome(Outcome outcome);

    @Message
    String request();

    @Message
    String linkMade();

    @Message
    String userAgreed();

    @Message
    String userConnected();

    @Message
    String userReconnected();

    @Message
    String connectionEnded();

    @Message
    String connectionErased();

    @Message
    String accountPageOpened();

    @Message
    String meetingMade();

    @Message
    String meetingChanged();

    @Message
    String meetingDeleted();

    @Message
    String meetingStarted();

    @Message
    String sessionDeleted();

    @Message
    String attendeesDeleted();

    @Message
    String recordingsDeleted();

    @Message
    String rawCall(String method);

    @Message
    String dataRead();

    @Message
    String operatorChecked();

    @Message
    String operatorDisconnected();

    @Message
    String operatorSentAgain();

    @Message
    String eventOf(String type);

    @Message
    String inTheFeed();

    @Message
    String delivered();

    @Message
    String onItsWay();

    @Message
    String undelivered(int attempts, String problem);

    @Message
    String repeated(long number, String time);

    @Message
    String tokensIssued(long generation);

    @Message
    String connection();

    @Message
    String noConnection();

    @Message
    String account();

    @Message
    String unknownAccount();

    @Message
    String scopes();

    @Message
    String tokenValidUntil();

    @Message
    String generation();

    @Message
    String askGoTo();

    @Message
    String disconnect();

    @Message
    String disconnectUser(String user);

    @Message
    String disconnectText();

    @Message
    String eventsTo();

    @Message
    String numberWaiting(long number);

    @Message
    String failedLast(String problem);

    @Message
    String show();

    @Message
    String noEvent();

    @Message
    String attempts();

    @Message
    String lastAttempt();

    @Message
    String nextAttempt();

    @Message
    String action();

    @Message
    String sendAgain();

    @Message
    String checked();

    @Message
    String checkAnswered(String code);

    @Message
    String disconnected();

    @Message
    String sentAgain();

    @Message
    String refused(String code);

    @Message
    String providerAway();

    @Message
    String providerAwayText();

    @Message
    String signInAgain();

    @Message
    String signInAgainText();

    @Message
    String roleMissing();

    @Message
    String roleMissingText(String person, String role);

    @Message
    String notSignedIn();

    @Message
    String notSignedInText();

    @Message
    String signedOut();

    @Message
    String signedOutText();

    @Message
    String problem();

    @Message
    String problemOf(PageProblem problem);

    @Message
    String codeForSupport();
}
