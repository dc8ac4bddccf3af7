package io.claudeflow.swarm.operator.reference;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind whose resources belong to a SwarmCluster, as far as belonging goes. Pure.
 *
 * @param <T> the kind
 * @param <S> its status
 */
public interface BoundKind<T extends CustomResource<?, S>, S> {
    Class<T> type();

    /** An object of the kind with nothing in it. */
    T empty();

    @Nullable
    String clusterRef(T resource);

    /** {@code status.clusterUid}. */
    @Nullable
    String boundUid(T resource);

    List<Condition> conditions(T resource);

    /** Whether nothing will change in it any more, whoever it belongs to. */
    boolean ended(T resource);

    /** The status of one that nobody has taken: the cluster operator's part. */
    S waiting(T resource, List<Condition> conditions);

    /** The status of one whose cluster was deleted: the mesh operator's part, without {@code clusterUid}. */
    S unbound(T resource, Instant now);
}
