package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.codec.SnapshotCodec;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots on the volume: streamed beside the final name, forced to the disk, then renamed, then named by their checksum. */
final class SnapshotFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFiles.class);
    private static final int BUFFER = 64 * 1024;

    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();

    void init(RaftStorage raft) throws IOException {
        storage.init(raft);
    }

    void reload() {
        storage.loadLatestSnapshot();
    }

    StateMachineStorage storage() {
        return storage;
    }

    @Nullable
    SingleFileSnapshotInfo latest() {
        return storage.getLatestSnapshot();
    }

    LedgerImage read(SingleFileSnapshotInfo snapshot) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(snapshot.getFile().getPath()), BUFFER)) {
            return SnapshotCodec.read(in);
        }
    }

    /** Writes a snapshot and answers with its index, or with Ratis' word for none when nothing was applied yet. */
    long write(LedgerImage image, TermIndex applied) throws IOException {
        if (applied.getIndex() < 0) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        long begin = System.nanoTime();
        Path file = storage.getSnapshotFile(applied.getTerm(), applied.getIndex()).toPath();
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (var out = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER)) {
            SnapshotCodec.write(image, out);
        }
        Volume.force(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        var md5 = MD5FileUtil.computeAndSaveMd5ForFile(file.toFile());
        var folder = file.getParent();
        if (folder != null) {
            Volume.force(folder);
        }
        storage.updateLatestSnapshot(new SingleFileSnapshotInfo(new FileInfo(file, md5), applied));
        LOG.atInfo()
                .addKeyValue("index", applied.getIndex())
                .addKeyValue("tasks", image.tasks().size())
                .addKeyValue("ms", (System.nanoTime() - begin) / 1_000_000)
                .log("snapshot written");
        return applied.getIndex();
    }
}
