package io.claudeflow.swarm.hivemind.adapter.raft;

import java.io.IOException;
import java.util.List;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;

/** Makes Ratis' servers. */
final class RaftServers {
    private RaftServers() {}

    /**
     * Opens the log, without starting. A joiner begins with no members and learns them with the log; what a volume holds already
     * counts more than the founders do. Blocks on the disk.
     */
    static RaftServer open(RaftConfig config, long snapshotEntries, String peer, StateMachine ledger)
            throws IOException {
        var peers = PeerIds.isFounder(peer)
                ? config.founders().stream().map(ordinal -> founder(config, ordinal)).toList()
                : List.<RaftPeer>of();
        return RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(peer))
                .setGroup(RaftGroup.valueOf(RaftGroupId.valueOf(config.group()), peers))
                .setOption(RaftStorage.StartupOption.RECOVER)
                .setProperties(RaftSettings.of(config, snapshotEntries))
                .setStateMachine(ledger)
                .build();
    }

    private static RaftPeer founder(RaftConfig config, int ordinal) {
        return RaftPeer.newBuilder()
                .setId(PeerIds.founder(ordinal))
                .setAddress(config.address().apply(ordinal))
                .build();
    }
}
