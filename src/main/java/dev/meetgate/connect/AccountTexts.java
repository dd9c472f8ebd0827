package dev.meetgate.connect;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The texts of the account page. */
@MessageBundle(value = "account", locale = "en")
public interface AccountTexts {

    @Message
    String title(String app);

    @Message
    String intro(String app);

    @Message
    String show();

    @Message
    String account();

    @Message
    String unnamed();

    @Message
    String accountIn(String app);

    @Message
    String since();

    @Message
    String lastUse();

    @Message
    String use(Use use);

    @Message
    String noUse();

    @Message
    String broke(String app);

    @Message
    String disconnect();

    @Message
    String sure(String app);

    @Message
    String sureText(String app);

    @Message
    String yes();

    @Message
    String no();

    @Message
    String disconnected();

    @Message
    String disconnectedText(String app);

    @Message
    String none();

    @Message
    String noneText(String app);

    @Message
    String backTo(String app);
}
