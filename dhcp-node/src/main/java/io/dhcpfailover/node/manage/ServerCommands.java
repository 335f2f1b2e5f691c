package io.dhcpfailover.node.manage;

import io.dhcpfailover.node.manage.api.NodeOperations.NotDone;
import java.util.function.UnaryOperator;

/** Answers what an administrator says by the {@link ControlSocket}. */
final class ServerCommands implements UnaryOperator<String> {

    /** What was asked is done. */
    static final String DONE = "done";

    private final Administration administration;
    private final ReviewCommands reviews;

    ServerCommands(Administration administration, ReviewCommands reviews) {
        this.administration = administration;
        this.reviews = reviews;
    }

    @Override
    public String apply(String text) {
        String review = reviews.answer(text);
        if (review != null) {
            return review;
        }
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
