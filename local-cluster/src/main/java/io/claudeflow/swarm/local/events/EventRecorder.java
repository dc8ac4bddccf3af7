package io.claudeflow.swarm.local.events;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events in the background, one after the other. The same event about the same object raises the count of the first. At
 * most {@value #QUEUE} wait; when the queue is full, further ones are dropped and that is logged.
 */
public final class EventRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int QUEUE = 1_000;
    private static final int REMEMBERED = 1_000;

    private final KubernetesClient client;
    private final String component;
    private final String host;
    private final BlockingQueue<Occurrence> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<Occurrence, Written> written = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Occurrence, Written> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Thread writer;

    /**
     * Starts the writer.
     *
     * @param component the reporting component, for example {@code kubelet}
     * @param host      the node, or an empty string
     */
    public EventRecorder(KubernetesClient client, String component, String host) {
        this.client = client;
        this.component = component;
        this.host = host;
        this.writer = Thread.ofVirtual().name("events-" + component).start(this::run);
    }

    /** Something worth knowing happened to the object. */
    public void normal(HasMetadata about, String reason, String message) {
        add(about, null, "Normal", reason, message);
    }

    /** Something went wrong with the object. */
    public void warning(HasMetadata about, String reason, String message) {
        add(about, null, "Warning", reason, message);
    }

    /** As {@link #normal}, about a part of it, for example {@code spec.containers{main}}. */
    public void normal(HasMetadata about, @Nullable String fieldPath, String reason, String message) {
        add(about, fieldPath, "Normal", reason, message);
    }

    /** As {@link #warning}, about a part of it. */
    public void warning(HasMetadata about, @Nullable String fieldPath, String reason, String message) {
        add(about, fieldPath, "Warning", reason, message);
    }

    private void add(HasMetadata about, @Nullable String fieldPath, String type, String reason, String message) {
        var reference = new ObjectReferenceBuilder().withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .withFieldPath(fieldPath)
                .build();
        if (!queue.offer(new Occurrence(reference, type, reason, message))) {
            LOG.atWarn().addKeyValue("reason", reason).log("event dropped: too many wait");
        }
    }

    private void run() {
        try {
            while (true) {
                write(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Occurrence occurrence) {
        var namespace = occurrence.about().getNamespace() == null ? "default" : occurrence.about().getNamespace();
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            var before = written.get(occurrence);
            if (before != null && again(namespace, before, now)) {
                written.put(occurrence, new Written(before.name(), before.count() + 1));
                return;
            }
            var created = client.v1()
                    .events()
                    .inNamespace(namespace)
                    .resource(event(occurrence, namespace, now))
                    .create();
            written.put(occurrence, new Written(created.getMetadata().getName(), 1));
        } catch (RuntimeException e) {
            // An event is a courtesy: its namespace may be going away, and nobody waits for it.
            LOG.atDebug().addKeyValue("reason", occurrence.reason()).setCause(e).log("event not written");
        }
    }

    private boolean again(String namespace, Written before, String now) {
        try {
            client.v1()
                    .events()
                    .inNamespace(namespace)
                    .withName(before.name())
                    .patch(PatchContext.of(PatchType.JSON_MERGE),
                            "{\"count\":" + (before.count() + 1) + ",\"lastTimestamp\":\"" + now + "\"}");
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404) {
                return false;
            }
            throw e;
        }
    }

    private Event event(Occurrence occurrence, String namespace, String now) {
        return new EventBuilder().withNewMetadata()
                .withGenerateName(occurrence.about().getName() + ".")
                .withNamespace(namespace)
                .endMetadata()
                .withInvolvedObject(occurrence.about())
                .withType(occurrence.type())
                .withReason(occurrence.reason())
                .withMessage(occurrence.message())
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource(component, host.isEmpty() ? null : host)
                .withReportingComponent(component)
                .withReportingInstance(host)
                .build();
    }

    @Override
    public void close() {
        writer.interrupt();
    }

    private record Occurrence(ObjectReference about, String type, String reason, String message) {}

    private record Written(String name, int count) {}
}
