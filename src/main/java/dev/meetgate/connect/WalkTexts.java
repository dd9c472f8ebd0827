package dev.meetgate.connect;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts of the walk's pages. Each enum's constants have a message of their own. */
@MessageBundle(value = "walk", locale = "en")
public interface WalkTexts {

    @Message
    String connect(String app);

    @Message
    String wants(String app);

    @Message
    String accountIn(String app);

    @Message
    String permission(Permission permission);

    @Message
    String permissionText(Permission permission);

    @Message
    String goOn();

    @Message
    String cancel();

    @Message
    String noPassword(String app);

    @Message
    String disconnectAnyTime(String app);

    @Message
    String notYou();

    @Message
    String privacy(String app);

    @Message
    String connectedAlready();

    @Message
    String connectedAlreadyAs(String account);

    @Message
    String connectionBroke();

    @Message
    String connectionBrokeOf(String account);

    @Message
    String title(Notice notice);

    @Message
    String text(Notice notice);

    @Message
    String connectedAs(String account);

    @Message
    String connectedAlreadyTitle(String account);

    @Message
    String mayWorkNow(String app);

    @Message
    String yourTurn();

    @Message
    String turnOf(String app);

    @Message
    String startAgain(String app);

    @Message
    String allowAll();

    @Message
    String decideAnew(String app);

    @Message
    String anotherAccount(String app);

    @Message
    String goOnThere(String app);

    @Message
    String openAgain();

    @Message
    String tryOnceMore();

    @Message
    String tryLater();

    @Message
    String askForLicence();

    @Message
    String tellSupport(String app);

    @Message
    String thisAccount();

    @Message
    String knownAs(String account);

    @Message
    String knownAsNobody();

    @Message
    String willUse(String app);

    @Message
    String yes();

    @Message
    String no();

    @Message
    String nothingYet();

    @Message
    String connectionStays();

    @Message
    String theApplication();

    @Message
    String backTo(String app);

    @Message
    String tryAgain();

    @Message
    String lookAgain();

    @Message
    String closePage();

    @Message
    String codeForSupport();
}
