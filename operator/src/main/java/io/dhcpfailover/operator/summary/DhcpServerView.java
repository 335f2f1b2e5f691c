package io.dhcpfailover.operator.summary;

import io.dhcpfailover.api.v1alpha1.DhcpServerSpec;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus;
import io.dhcpfailover.api.v1alpha1.DhcpServerStatus.Membership;
import io.dhcpfailover.operator.validation.Judgement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the status of a DhcpServer follows from.
 *
 * @param generation of its spec
 * @param spec what is asked
 * @param judgement whether that goes with all else
 * @param server what it says of itself; nothing where it is external
 * @param trouble why its pod does not run; null where nothing is known
 * @param partners for an external one, what servers of this cluster say that have it as partner: whether any has a
 *     session with it; null where none can be asked
 * @param relationships those it takes part in, with its state where that is known
 * @param scopes how many it is to serve
 * @param previous the status that it has; null for none
 */
public record DhcpServerView(
        long generation,
        DhcpServerSpec spec,
        Judgement<DhcpServerSpec> judgement,
        ServerView server,
        @Nullable Trouble trouble,
        @Nullable Boolean partners,
        List<Membership> relationships,
        int scopes,
        @Nullable DhcpServerStatus previous) {

    /** Copies the list. */
    public DhcpServerView {
        relationships = List.copyOf(relationships);
    }
}
