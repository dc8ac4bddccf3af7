package io.claudeflow.swarm.hivemind.codec;

import io.claudeflow.swarm.hivemind.codec.v1.ClientRecord;
import io.claudeflow.swarm.hivemind.codec.v1.OriginRecord;
import io.claudeflow.swarm.hivemind.codec.v1.TombstoneRecord;
import io.claudeflow.swarm.hivemind.ledger.ClientSession;
import io.claudeflow.swarm.hivemind.ledger.Tombstone;
import io.claudeflow.swarm.mesh.hivemind.TaskOrigin;

/** Sessions of clients, and what is left of tasks, as records of the file format, both ways. */
final class ClientRecords {
    private ClientRecords() {}

    static ClientRecord write(ClientSession session) {
        return ClientRecord.newBuilder()
                .setSession(session.id())
                .setSubmitter(session.submitter())
                .setSettled(session.settled())
                .setTime(session.time())
                .build();
    }

    static ClientSession read(ClientRecord session) {
        return new ClientSession(session.getSession(), session.getSubmitter(), session.getSettled(),
                session.getTime());
    }

    static TombstoneRecord write(Tombstone tombstone) {
        return TombstoneRecord.newBuilder()
                .setTaskUid(tombstone.taskUid())
                .setSeq(tombstone.seq())
                .setTime(tombstone.time())
                .setOrigin(SpecRecords.write(tombstone.origin()))
                .build();
    }

    static Tombstone read(TombstoneRecord tombstone) {
        var origin = tombstone.getOrigin() == OriginRecord.CLIENT ? TaskOrigin.CLIENT : TaskOrigin.KUBERNETES;
        return new Tombstone(tombstone.getTaskUid(), tombstone.getSeq(), tombstone.getTime(), origin);
    }
}
