package dev.meetgate.image;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.qute.Engine;
import io.quarkus.qute.i18n.MessageBundles;
import io.quarkus.qute.runtime.EngineProducer;
import io.quarkus.qute.runtime.QuteRecorder;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;

/**
 * Leaves the pages' templates and messages to the first page that needs them. A start would spend a quarter of
 * its time on them.
 */
final class LazyPages {

    private LazyPages() {}

    @TargetClass(MessageBundles.class)
    static final class Messages {

        private Messages() {}

        @Substitute
        static void preloadMessageTemplates(Engine engine, Instance<?> context) {}
    }

    /** {@code EngineProducer} parses whatever is no tag. */
    @TargetClass(QuteRecorder.TemplateInfo.class)
    static final class Template {

        private Template() {}

        @Substitute
        public boolean isTag() {
            return true;
        }
    }

    /** As without the substitution of {@code isTag}. */
    @TargetClass(QuteRecorder.QuteContext.class)
    interface Context {

        @Alias
        Map<String, QuteRecorder.TemplateInfo> getTemplates();

        @Substitute
        default List<String> getTags() {
            return getTemplates().keySet().stream()
                    .filter(path -> path.startsWith(EngineProducer.TAGS))
                    .map(path -> path.substring(EngineProducer.TAGS.length()))
                    .toList();
        }
    }
}
