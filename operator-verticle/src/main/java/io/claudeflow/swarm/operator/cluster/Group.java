package io.claudeflow.swarm.operator.cluster;

import io.claudeflow.swarm.api.v1alpha1.SwarmCluster;
import io.claudeflow.swarm.api.v1alpha1.cluster.HiveMindSpec;
import io.claudeflow.swarm.mesh.hivemind.HivemindVariables;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who founds the Raft group. Written once: founders never change, and the state never goes back.
 *
 * @param groupId  the SwarmCluster's UID
 * @param epoch    of the ledger; a restore raises it
 * @param founders ordinals
 */
public record Group(String groupId, long epoch, State state, List<Integer> founders) {
    private static final long FIRST_EPOCH = 1;

    public Group {
        founders = List.copyOf(founders);
    }

    /** Whether a replica with an empty volume may found the group. */
    public enum State {
        FOUNDING("Founding"), ESTABLISHED("Established");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    /** What is to be, from the spec and from what was written before. */
    public static Group desired(SwarmCluster cluster, @Nullable ConfigMap before) {
        var uid = cluster.getMetadata().getUid();
        var written = before == null ? null : read(before.getData());
        if (written == null || !written.groupId.equals(uid)) {
            var ordinals = IntStream.range(0, replicas(cluster)).boxed().toList();
            return new Group(uid, FIRST_EPOCH, State.FOUNDING, ordinals);
        }
        var mesh = cluster.getStatus() == null ? null : cluster.getStatus().mesh();
        boolean quorum = mesh != null && mesh.leader() != null && mesh.voters().size() > written.founders.size() / 2;
        return written.state == State.ESTABLISHED || !quorum ? written : written.established();
    }

    /** Replicas that the spec asks for. */
    public static int replicas(SwarmCluster cluster) {
        var hiveMind = cluster.getSpec().hiveMind();
        var replicas = hiveMind == null ? null : hiveMind.replicas();
        return replicas == null ? HiveMindSpec.DEFAULT_REPLICAS : replicas;
    }

    /** The files of the ConfigMap. */
    public Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put(HivemindVariables.GROUP_ID, groupId);
        files.put(HivemindVariables.EPOCH, String.valueOf(epoch));
        files.put(HivemindVariables.STATE, state.word);
        files.put(HivemindVariables.FOUNDERS,
                founders.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return files;
    }

    private Group established() {
        return new Group(groupId, epoch, State.ESTABLISHED, founders);
    }

    private static @Nullable Group read(@Nullable Map<String, String> files) {
        var groupId = files == null ? null : files.get(HivemindVariables.GROUP_ID);
        if (files == null || groupId == null) {
            return null;
        }
        try {
            var founders = Arrays.stream(files.getOrDefault(HivemindVariables.FOUNDERS, "").split(","))
                    .map(Integer::valueOf)
                    .toList();
            var state = State.ESTABLISHED.word.equals(files.get(HivemindVariables.STATE))
                    ? State.ESTABLISHED
                    : State.FOUNDING;
            return new Group(groupId, Long.parseLong(files.getOrDefault(HivemindVariables.EPOCH, "1")), state,
                    founders);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
