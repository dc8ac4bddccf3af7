package io.claudeflow.swarm.hivemind.codec;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.claudeflow.swarm.hivemind.codec.v1.DrainRecord;
import io.claudeflow.swarm.hivemind.codec.v1.FooterRecord;
import io.claudeflow.swarm.hivemind.codec.v1.HeaderRecord;
import io.claudeflow.swarm.hivemind.codec.v1.RetryRecord;
import io.claudeflow.swarm.hivemind.codec.v1.SnapshotRecord;
import io.claudeflow.swarm.hivemind.codec.v1.TotalsRecord;
import io.claudeflow.swarm.hivemind.ledger.Agent;
import io.claudeflow.swarm.hivemind.ledger.Arrangement;
import io.claudeflow.swarm.hivemind.ledger.ClientSession;
import io.claudeflow.swarm.hivemind.ledger.Drain;
import io.claudeflow.swarm.hivemind.ledger.LedgerEntry;
import io.claudeflow.swarm.hivemind.ledger.LedgerImage;
import io.claudeflow.swarm.hivemind.ledger.RetryBudget;
import io.claudeflow.swarm.hivemind.ledger.Task;
import io.claudeflow.swarm.hivemind.ledger.Tombstone;
import io.claudeflow.swarm.hivemind.ledger.Totals;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/** The ledger's image as a stream of records, each after its length, the last one with count and checksum. */
public final class SnapshotCodec {
    /** Larger than any record: a task's spec, result and checkpoint are bounded far below. */
    private static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;

    private SnapshotCodec() {}

    /** Writes and flushes; closes nothing. Equal images give equal bytes. */
    public static void write(LedgerImage image, OutputStream target) throws IOException {
        var checksum = new CRC32C();
        var checked = new CheckedOutputStream(target, checksum);
        var out = CodedOutputStream.newInstance(checked);
        out.useDeterministicSerialization();
        write(out, SnapshotRecord.newBuilder().setHeader(header(image.header())).build());
        for (var agent : image.agents()) {
            write(out, SnapshotRecord.newBuilder().setAgent(AgentRecords.write(agent)).build());
        }
        for (var task : image.tasks()) {
            write(out, SnapshotRecord.newBuilder().setTask(TaskRecords.write(task)).build());
        }
        for (var stone : image.tombstones()) {
            write(out, SnapshotRecord.newBuilder().setTombstone(ClientRecords.write(stone)).build());
        }
        for (var client : image.clients()) {
            write(out, SnapshotRecord.newBuilder().setClient(ClientRecords.write(client)).build());
        }
        out.flush();
        long records = 1L + image.agents().size() + image.tasks().size() + image.tombstones().size()
                + image.clients().size();
        var footer = FooterRecord.newBuilder().setRecords(records).setCrc32C((int) checksum.getValue());
        write(out, SnapshotRecord.newBuilder().setFooter(footer).build());
        out.flush();
        target.flush();
    }

    private static void write(CodedOutputStream out, SnapshotRecord record) throws IOException {
        out.writeUInt32NoTag(record.getSerializedSize());
        record.writeTo(out);
    }

    /**
     * Reads to the footer; closes nothing.
     *
     * @throws UnreadableException when the bytes are damaged or cut, or of a feature level that this release does not know
     */
    public static LedgerImage read(InputStream source) throws IOException {
        var checksum = new CRC32C();
        var in = new CheckedInputStream(source, checksum);
        LedgerImage.@Nullable Header header = null;
        var agents = new ArrayList<Agent>();
        var tasks = new ArrayList<Task>();
        var tombstones = new ArrayList<Tombstone>();
        var clients = new ArrayList<ClientSession>();
        try {
            for (long records = 0;; records++) {
                int before = (int) checksum.getValue();
                var record = next(in);
                switch (record.getBodyCase()) {
                    case HEADER -> header = header(record.getHeader());
                    case AGENT -> agents.add(AgentRecords.read(record.getAgent()));
                    case TASK -> tasks.add(TaskRecords.read(record.getTask()));
                    case TOMBSTONE -> tombstones.add(ClientRecords.read(record.getTombstone()));
                    case CLIENT -> clients.add(ClientRecords.read(record.getClient()));
                    case FOOTER -> {
                        var footer = record.getFooter();
                        if (header == null || footer.getRecords() != records || footer.getCrc32C() != before) {
                            throw new UnreadableException("the snapshot's checksum or count does not match", null);
                        }
                        return new LedgerImage(header, agents, tasks, tombstones, clients);
                    }
                    case BODY_NOT_SET -> throw new UnreadableException(
                            "the snapshot holds a record that this release does not know", null);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableException("the snapshot is damaged: " + e.getMessage(), e);
        }
    }

    private static SnapshotRecord next(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            throw new UnreadableException("the snapshot is cut: it has no footer", null);
        }
        int size = CodedInputStream.readRawVarint32(first, in);
        if (size < 0 || size > MAX_RECORD_BYTES) {
            throw new UnreadableException("the snapshot is damaged: a record of " + size + " bytes", null);
        }
        var bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new UnreadableException("the snapshot is cut in the middle of a record", null);
        }
        return SnapshotRecord.parseFrom(bytes);
    }

    private static HeaderRecord header(LedgerImage.Header header) {
        var record = HeaderRecord.newBuilder()
                .setFeatureLevel(LedgerEntry.FEATURE_LEVEL)
                .setEpoch(header.epoch())
                .setSeq(header.seq())
                .setTime(header.time())
                .setHorizon(header.horizon())
                .setNextIndex(header.nextIndex())
                .setLeaseMillis(header.leaseMillis())
                .setRetries(RetryRecord.newBuilder()
                        .setStock(header.retries().stock())
                        .setTime(header.retries().time()));
        if (header.trust() != null) {
            record.setTrust(AgentRecords.write(header.trust()));
        }
        var drain = header.drain();
        if (drain != null) {
            record.setDrain(DrainRecord.newBuilder()
                    .setDeadline(drain.deadline())
                    .setReason(drain.reason())
                    .setDrained(drain.drained()));
        }
        if (header.membership() != null) {
            record.setMembership(AgentRecords.write(header.membership()));
        }
        if (!header.arrangement().equals(Arrangement.NONE)) {
            record.setArrangement(AgentRecords.write(header.arrangement()));
        }
        var totals = header.totals();
        if (!totals.equals(Totals.NONE)) {
            record.setTotals(TotalsRecord.newBuilder()
                    .setCompleted(totals.completed())
                    .setFailed(totals.failed())
                    .setCancelled(totals.cancelled())
                    .addAllRuns(totals.runs())
                    .setRunMillis(totals.runMillis()));
        }
        return record.build();
    }

    private static LedgerImage.Header header(HeaderRecord record) {
        Formats.check("snapshot", record.getFeatureLevel());
        return new LedgerImage.Header(record.getEpoch(), record.getSeq(), record.getTime(), record.getHorizon(),
                record.getNextIndex(), record.getLeaseMillis(),
                record.hasRetries()
                        ? new RetryBudget(record.getRetries().getStock(), record.getRetries().getTime())
                        : RetryBudget.FULL,
                record.hasTrust() ? AgentRecords.read(record.getTrust()) : null,
                record.hasDrain()
                        ? new Drain(record.getDrain().getDeadline(), record.getDrain().getReason(),
                                record.getDrain().getDrained())
                        : null,
                record.hasMembership() ? AgentRecords.read(record.getMembership()) : null,
                record.hasArrangement() ? AgentRecords.read(record.getArrangement()) : Arrangement.NONE,
                record.hasTotals() ? totals(record.getTotals()) : Totals.NONE);
    }

    private static Totals totals(TotalsRecord record) {
        return new Totals(record.getCompleted(), record.getFailed(), record.getCancelled(), record.getRunsList(),
                record.getRunMillis());
    }
}
