package io.dhcpfailover.node.failover.message;

import io.dhcpfailover.node.failover.message.Message.BindingAcknowledgement;
import io.dhcpfailover.node.wire.Options;

/** Updates and answers, with less in them. */
final class Updates {

    private Updates() {}

    static BindingUpdate withoutOptions(BindingUpdate update) {
        return new BindingUpdate(
                update.address(),
                update.status(),
                update.reserved(),
                update.bootp(),
                update.clientIdentifier(),
                update.hardwareAddress(),
                update.leaseExpiration(),
                update.potentialExpiration(),
                update.stateStart(),
                update.clientLastTransaction(),
                Options.NONE);
    }

    static BindingAcknowledgement withoutTexts(BindingAcknowledgement message) {
        return new BindingAcknowledgement(
                message.header(),
                message.answers().stream()
                        .map(answer -> new BindingAnswer(answer.address(), answer.refusal(), null))
                        .toList());
    }

    /** Whether the texts of a BNDACK find no room beside a digest. */
    static boolean textsAreLeftOut(BindingAcknowledgement message, Dialect dialect) {
        int length = Header.LENGTH + FrameAuthenticator.OPTION_LENGTH;
        for (BindingAnswer answer : message.answers()) {
            String text = answer.message();
            length += 8 + (answer.refusal() == null ? 0 : 5) + (text == null ? 0 : 4 + text.length());
        }
        return length > dialect.lengthMax();
    }
}
