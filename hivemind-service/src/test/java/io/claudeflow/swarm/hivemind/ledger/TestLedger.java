package io.claudeflow.swarm.hivemind.ledger;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A ledger with a clock of its own: each entry comes 1 ms after the one before. */
final class TestLedger {
    private final Ledger ledger = new Ledger(LedgerImage.empty(1));
    private long time = 1_000_000;

    LedgerResult apply(LedgerCommand... commands) {
        return entry(commands).results().getLast();
    }

    LedgerResult after(long millis, LedgerCommand command) {
        return entryAfter(millis, command).results().getLast();
    }

    Applied entry(LedgerCommand... commands) {
        return entryAfter(1, commands);
    }

    Applied entryAfter(long millis, LedgerCommand... commands) {
        time += millis;
        return ledger.apply(new LedgerEntry(1, 1, time, time + 5, 42, List.of(commands)));
    }

    LedgerResult ofEpoch(long epoch, LedgerCommand command) {
        return ledger.apply(new LedgerEntry(1, epoch, time + 9, time, 42, List.of(command))).results().getLast();
    }

    void tick(long millis) {
        after(millis, new LedgerCommand.Tick());
    }

    long time() {
        return time;
    }

    LedgerImage image() {
        return ledger.image();
    }

    @Nullable
    Task find(String uid) {
        return image().tasks().stream().filter(task -> task.uid().equals(uid)).findFirst().orElse(null);
    }

    Task task(String uid) {
        return Objects.requireNonNull(find(uid));
    }

    Step step(String uid) {
        return task(uid).root();
    }
}
