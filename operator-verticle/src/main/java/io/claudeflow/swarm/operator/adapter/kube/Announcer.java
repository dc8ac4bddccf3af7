package io.claudeflow.swarm.operator.adapter.kube;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubernetes Events, the ones that {@code kubectl describe} shows. Written beside the reconciliation, one after the other; the
 * same word and sentence about the same object raises a count. At most {@value #QUEUE} wait; more are dropped, since an
 * Event is no truth.
 */
public final class Announcer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final int QUEUE = 1_000;
    private static final int REMEMBERED = 1_000;

    private final KubernetesClient client;
    private final String component;
    private final String instance;
    private final BlockingQueue<Note> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Thread writer;

    /**
     * Starts the writer.
     *
     * @param component who reports
     * @param instance  its pod
     */
    public Announcer(KubernetesClient client, String component, String instance, ThreadFactory threads) {
        this.client = client;
        this.component = component;
        this.instance = instance;
        this.writer = threads.newThread(this::write);
        writer.start();
    }

    /** Something ordinary happened. */
    public void normal(HasMetadata about, String reason, String message) {
        offer(new Note(about, "Normal", reason, message, Instant.now(), null));
    }

    /** Something happened that a person should look at. */
    public void warning(HasMetadata about, String reason, String message) {
        offer(new Note(about, "Warning", reason, message, Instant.now(), null));
    }

    /** Something that has a number of its own, so that it is told once, whoever tells it again after a restart. */
    public void once(HasMetadata about, boolean warning, String reason, String message, Instant at, String key) {
        offer(new Note(about, warning ? "Warning" : "Normal", reason, message, at, key));
    }

    private void offer(Note note) {
        if (!queue.offer(note)) {
            LOG.atDebug().addKeyValue("reason", note.reason).log("event dropped: the queue is full");
        }
    }

    private void write() {
        try {
            while (true) {
                write(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Note note) {
        try {
            var name = note.name();
            int count = note.key == null ? counts.merge(name, 1, Integer::sum) : 1;
            if (counts.size() > REMEMBERED) {
                counts.remove(counts.keySet().iterator().next());
            }
            if (count == 1) {
                create(note, name);
            } else {
                raise(note, name, count);
            }
        } catch (KubernetesClientException e) {
            LOG.atDebug().addKeyValue("reason", note.reason).setCause(e).log("event not written");
        }
    }

    private void create(Note note, String name) {
        try {
            client.resource(event(note, name, 1)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            if (note.key == null) {
                var before = client.v1()
                        .events()
                        .inNamespace(note.about.getMetadata().getNamespace())
                        .withName(name)
                        .get();
                int count = before == null || before.getCount() == null ? 2 : before.getCount() + 1;
                counts.put(name, count);
                raise(note, name, count);
            }
        }
    }

    private void raise(Note note, String name, int count) {
        var patch = new EventBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(note.about.getMetadata().getNamespace())
                .endMetadata()
                .withCount(count)
                .withLastTimestamp(note.time())
                .build();
        client.resource(patch).patch(PatchContext.of(PatchType.JSON_MERGE));
    }

    private io.fabric8.kubernetes.api.model.Event event(Note note, String name, int count) {
        var meta = note.about.getMetadata();
        return new EventBuilder().withNewMetadata()
                .withName(name)
                .withNamespace(meta.getNamespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(note.about.getApiVersion())
                .withKind(note.about.getKind())
                .withName(meta.getName())
                .withNamespace(meta.getNamespace())
                .withUid(meta.getUid())
                .endInvolvedObject()
                .withType(note.type)
                .withReason(note.reason)
                .withMessage(note.message)
                .withCount(count)
                .withFirstTimestamp(note.time())
                .withLastTimestamp(note.time())
                .withNewSource()
                .withComponent(component)
                .endSource()
                .withReportingComponent(component)
                .withReportingInstance(instance)
                .build();
    }

    /** Ends the writer; what waits is not written. */
    @Override
    public void close() {
        writer.interrupt();
    }

    private record Note(HasMetadata about, String type, String reason, String message, Instant at,
            @Nullable String key) {
        /** The same for the same word and sentence about the same object. */
        String name() {
            var meta = about.getMetadata();
            var prefix = meta.getName().length() > 180 ? meta.getName().substring(0, 180) : meta.getName();
            return prefix + "." + (key != null
                    ? key
                    : Integer.toHexString((meta.getUid() + type + reason + message).hashCode()));
        }

        String time() {
            return at.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }
}
