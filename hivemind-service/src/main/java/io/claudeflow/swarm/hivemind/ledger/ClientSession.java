package io.claudeflow.swarm.hivemind.ledger;

/**
 * What the ledger remembers of one session of a client.
 *
 * @param id        the client's word for it, a UUID
 * @param submitter whose it is; nobody else submits, settles or cancels in it
 * @param settled   every request up to this number is settled: its task, if there was one, is not wanted any more
 * @param time      logged milliseconds, about when it was last heard of
 */
public record ClientSession(String id, String submitter, long settled, long time) {
    ClientSession settledUpTo(long number) {
        return new ClientSession(id, submitter, number, time);
    }

    ClientSession at(long now) {
        return new ClientSession(id, submitter, settled, now);
    }
}
