package dev.meetgate.image;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.qute.Engine;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.inject.Instance;

/** Leaves the pages' messages in all languages to the first page that needs them: an eighth of a start. */
@TargetClass(MessageBundles.class)
final class LazyMessages {

    private LazyMessages() {}

    @Substitute
    static void preloadMessageTemplates(Engine engine, Instance<?> context) {}
}
