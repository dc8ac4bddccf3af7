package io.claudeflow.swarm.hivemind.adapter.raft;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Ratis' settings, and why they differ from its defaults. */
final class RaftSettings {
    private RaftSettings() {}

    static RaftProperties of(RaftConfig config, long snapshotEntries) {
        var properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(config.data().resolve("raft").toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(properties, config.data().resolve("removed").toFile());
        GrpcConfigKeys.Server.setHost(properties, config.host());
        GrpcConfigKeys.Server.setPort(properties, config.port());
        elections(properties);
        log(properties);
        snapshots(properties, snapshotEntries);
        return properties;
    }

    private static void elections(RaftProperties properties) {
        // The default of 150 to 300 ms changes leaders under load; the first election has no load to fear. A follower looks for
        // its leader once per timeout, so that it takes up to twice the maximum to notice that the leader is gone.
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(300));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(600));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, millis(100));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, millis(200));
        RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, true);
    }

    private static void log(RaftProperties properties) {
        // Each metadata entry costs a write and an fsync of its own: 2.16 ms became 1.08 ms without.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("8MB"));
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
        // 0 would send every entry alone.
        RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ONE_MILLISECOND);
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, TimeDuration.valueOf(5, TimeUnit.SECONDS));
    }

    private static void snapshots(RaftProperties properties, long entries) {
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, entries);
        RaftServerConfigKeys.Snapshot.setCreationGap(properties, 1);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, 2);
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        // A follower that is a little behind is served from the log, not by a whole snapshot.
        RaftServerConfigKeys.Log.setPurgePreservationLogNum(properties, entries / 2);
        RaftServerConfigKeys.Log.setPurgeGap(properties, (int) Math.min(1_024, Math.max(1, entries / 4)));
    }

    private static TimeDuration millis(long millis) {
        return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
    }
}
