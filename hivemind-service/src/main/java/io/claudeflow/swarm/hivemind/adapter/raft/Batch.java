package io.claudeflow.swarm.hivemind.adapter.raft;

import io.claudeflow.swarm.hivemind.codec.EntryCodec;
import io.claudeflow.swarm.hivemind.codec.EntryCodec.EncodedCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerCommand;
import io.claudeflow.swarm.hivemind.ledger.LedgerResult;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Commands that ride in one entry, with those who wait for their results. */
final class Batch {
    /** A command that waits, and who waits for it. */
    record Waiting(EncodedCommand command, Promise<LedgerResult> promise) {
        static Waiting of(LedgerCommand command) {
            return new Waiting(EntryCodec.command(command), Promise.promise());
        }
    }

    private final List<Waiting> commands = new ArrayList<>();
    private long bytes;

    void add(Waiting command) {
        commands.add(command);
        bytes += command.command().size();
    }

    boolean takes(Waiting next, int maxCommands, long maxBytes) {
        return commands.isEmpty() || commands.size() < maxCommands && bytes + next.command().size() <= maxBytes;
    }

    List<EncodedCommand> commands() {
        return commands.stream().map(Waiting::command).toList();
    }

    void complete(List<LedgerResult> results) {
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).promise().complete(results.get(i));
        }
    }

    void fail(Throwable cause) {
        commands.forEach(command -> command.promise().fail(cause));
    }
}
