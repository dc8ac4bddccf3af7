package io.claudeflow.swarm.operator.adapter.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One controller's primary resources, seen by the others of the same operator, so that each kind is watched once. The owner
 * registers {@link #source}; the others register {@link #triggering}, which also makes them wait until the view is complete.
 *
 * @param <T> the kind that the owner reconciles
 */
public final class PrimaryView<T extends HasMetadata> {
    private static final long SYNC_SECONDS = 60;

    private final Class<T> kind;
    private final Function<T, Object> matter;
    private final CompletableFuture<IndexerResourceCache<T>> synced = new CompletableFuture<>();
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

    /**
     * A view.
     *
     * @param matter what of a resource matters to the other controllers, beside its generation and its end: they are not
     *               called for a change of the rest
     */
    public PrimaryView(Class<T> kind, Function<T, Object> matter) {
        this.kind = kind;
        this.matter = matter;
    }

    private boolean matters(T before, T now) {
        return !Objects.equals(before.getMetadata().getUid(), now.getMetadata().getUid())
                || !Objects.equals(before.getMetadata().getGeneration(), now.getMetadata().getGeneration())
                || before.isMarkedForDeletion() != now.isMarkedForDeletion()
                || !matter.apply(before).equals(matter.apply(now));
    }

    /** What the owner of the kind registers. */
    public EventSource<T, T> source(EventSourceContext<T> context) {
        return new Source(context.getPrimaryCache());
    }

    /** What another controller registers: each change of a {@code T} reconciles the resources that {@code related} names. */
    public <P extends HasMetadata> EventSource<T, P> triggering(Function<T, Set<ResourceID>> related) {
        return new Triggering<>(related);
    }

    /** All of a namespace, as the cache has them. Only after start. */
    public List<T> list(String namespace) {
        return cache().list(namespace, _ -> true).toList();
    }

    /** All of them. Only after start. */
    public List<T> list() {
        return cache().list().toList();
    }

    public Optional<T> get(String namespace, String name) {
        return cache().get(new ResourceID(name, namespace));
    }

    /** Whether the first complete list is there. */
    public boolean complete() {
        return synced.isDone();
    }

    private IndexerResourceCache<T> cache() {
        return synced.join();
    }

    private final class Source extends AbstractEventSource<T, T> implements ResourceEventAware<T> {
        private final IndexerResourceCache<T> cache;

        Source(IndexerResourceCache<T> cache) {
            super(kind, "view-of-" + kind.getSimpleName());
            this.cache = cache;
            setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
        }

        /** JOSDK starts this after the primary's informer has its first list. */
        @Override
        public void start() {
            super.start();
            synced.complete(cache);
        }

        @Override
        public Set<T> getSecondaryResources(T primary) {
            return Set.of();
        }

        @Override
        public void onResourceCreated(T resource) {
            tell(resource);
        }

        @Override
        public void onResourceUpdated(T resource, T before) {
            if (matters(before, resource)) {
                tell(resource);
            }
        }

        @Override
        public void onResourceDeleted(T resource) {
            tell(resource);
        }

        private void tell(T resource) {
            listeners.forEach(listener -> listener.accept(resource));
        }
    }

    private final class Triggering<P extends HasMetadata> extends AbstractEventSource<T, P> {
        private final Function<T, Set<ResourceID>> related;

        Triggering(Function<T, Set<ResourceID>> related) {
            super(kind, "triggered-by-" + kind.getSimpleName());
            this.related = related;
        }

        @Override
        public void start() {
            super.start();
            try {
                synced.get(SYNC_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new OperatorException("no list of " + kind.getSimpleName() + " in " + SYNC_SECONDS + " s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperatorException(e);
            }
            listeners.add(resource -> related.apply(resource)
                    .forEach(id -> getEventHandler().handleEvent(new Event(id))));
        }

        @Override
        public Set<T> getSecondaryResources(P primary) {
            return Set.of();
        }
    }
}
