package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import java.util.function.UnaryOperator;

/** Answers what an administrator says by the {@link ControlSocket}. */
final class ServerCommands implements UnaryOperator<String> {

    /** What was asked is done. */
    static final String DONE = "done";

    private final Administration administration;

    ServerCommands(Administration administration) {
        this.administration = administration;
    }

    @Override
    public String apply(String text) {
        PartnerDownCommand.Line line = PartnerDownCommand.Line.of(text);
        if (line == null) {
            return "refused: this server does not know the command";
        }
        try {
            administration.partnerDown(line.relationship(), line.lastSeen());
            return DONE;
        } catch (NotDone e) {
            return "refused: " + e.getMessage();
        }
    }
}
