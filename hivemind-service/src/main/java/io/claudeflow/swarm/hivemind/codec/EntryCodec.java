package io.claudeflow.swarm.hivemind.codec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.claudeflow.swarm.hivemind.codec.v1.CommandRecord;
import io.claudeflow.swarm.hivemind.codec.v1.EntryRecord;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A log entry as bytes and back. */
public final class EntryCodec {
    private EntryCodec() {}

    /** A command on its own, ready for {@link #entry}: encoded once, its size counted before it is proposed. */
    public static EncodedCommand command(LedgerCommand command) {
        var encoded = CommandRecords.write(command);
        return new EncodedCommand(encoded, encoded.getSerializedSize());
    }

    /** An entry of commands that were encoded before. */
    public static byte[] entry(long epoch, long time, long wallMillis, long salt, List<EncodedCommand> commands) {
        var entry = EntryRecord.newBuilder()
                .setFeatureLevel(LedgerEntry.FEATURE_LEVEL)
                .setEpoch(epoch)
                .setTime(time)
                .setWallMillis(wallMillis)
                .setSalt(salt);
        commands.forEach(command -> entry.addCommands(command.body));
        return bytes(entry.build());
    }

    public static byte[] write(LedgerEntry entry) {
        return entry(entry.epoch(), entry.time(), entry.wallMillis(), entry.salt(),
                entry.commands().stream().map(EntryCodec::command).toList());
    }

    /**
     * Reads an entry.
     *
     * @throws UnreadableException when the bytes are damaged, or of a feature level that this release does not know
     */
    public static LedgerEntry read(ByteBuffer bytes) {
        try {
            var entry = EntryRecord.parseFrom(bytes);
            Formats.check("log entry", entry.getFeatureLevel());
            return new LedgerEntry(entry.getFeatureLevel(), entry.getEpoch(), entry.getTime(), entry.getWallMillis(),
                    entry.getSalt(), entry.getCommandsList().stream().map(CommandRecords::read).toList());
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableException("the log entry is damaged: " + e.getMessage(), e);
        }
    }

    /** Equal messages give equal bytes: maps are written sorted. */
    static byte[] bytes(MessageLite message) {
        var bytes = new byte[message.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new UncheckedIOException("no I/O happens on an array", e);
        }
        return bytes;
    }

    /** A command's bytes to be, and how many there are. */
    public static final class EncodedCommand {
        private final CommandRecord body;
        private final int size;

        private EncodedCommand(CommandRecord body, int size) {
            this.body = body;
            this.size = size;
        }

        public int size() {
            return size;
        }
    }
}
