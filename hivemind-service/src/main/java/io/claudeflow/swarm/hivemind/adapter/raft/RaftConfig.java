package io.claudeflow.swarm.hivemind.adapter.raft;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * A replica's place in its group.
 *
 * @param group    the SwarmCluster's UID
 * @param ordinal  this replica
 * @param founders ordinals of those that found the group, an odd number
 * @param founding whether an empty volume may found the group
 * @param host     the address that the Raft port is bound to
 * @param address  a replica's ordinal to {@code host:port} of its Raft port, a name that is looked up again at each connection
 * @param data     the volume
 */
public record RaftConfig(UUID group, long epoch, int ordinal, List<Integer> founders, boolean founding, String host,
        int port, IntFunction<String> address, Path data) {
    public RaftConfig {
        founders = List.copyOf(founders);
    }
}
