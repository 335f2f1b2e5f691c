package io.dhcpfailover.node.failover;

import io.dhcpfailover.api.v1alpha1.ServerRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every state and every transition (draft-ietf-dhc-failover-12, section 9), as tables of text, because a formatter
 * keeps the columns of nothing else. A cell says what a server in the state of its row does:
 *
 * <ul>
 *   <li>{@code .} stays;
 *   <li>the name of a state: enters it; the primary the first, the secondary the second of two;
 *   <li>{@code ask} stays, and asks for updates where it has not yet: in RECOVER anyone, in POT-CONF the primary, and
 *       the secondary once the primary is in CONF-DONE;
 *   <li>{@code lost} where it lost its leases as {@code ask}, since a conflict cannot be resolved without them, and
 *       updates that were acknowledged would never come again; else to POT-CONF;
 *   <li>{@code wait} RECOVER-WAIT until MCLT has passed since it may have given leases, RECOVER-DONE where it has.
 * </ul>
 *
 * <p>What the draft does not say, or what leaves two servers where neither serves, is filled in: all of what partners
 * say in RECOVER, REC-WAIT or REC-DONE to one in POT-CONF, RES-INT or CONF-DONE; PARTNER-DOWN and SHUTDOWN to one in
 * CONF-DONE; the safe period and proofs outside of COMM-INT.
 */
final class Transitions {

    /** Mine, by row; what the partner says, by column. */
    private static final String HEARD = """
            mine      | NORMAL   | COMM-INT | P-DOWN   | POT-CONF | RES-INT  | CONF-DONE | RECOVER  | REC-WAIT | REC-DONE | PAUSED   | SHUTDOWN
            NORMAL    | .        | .        | POT-CONF | POT-CONF | POT-CONF | POT-CONF  | COMM-INT | COMM-INT | .        | COMM-INT | P-DOWN
            COMM-INT  | NORMAL   | NORMAL   | POT-CONF | POT-CONF | POT-CONF | POT-CONF  | .        | .        | NORMAL   | .        | P-DOWN
            P-DOWN    | POT-CONF | POT-CONF | POT-CONF | POT-CONF | POT-CONF | POT-CONF  | .        | .        | NORMAL   | .        | .
            POT-CONF  | .        | .        | .        | ask      | .        | ask       | COMM-INT | COMM-INT | NORMAL   | .        | P-DOWN
            RES-INT   | POT-CONF | POT-CONF | POT-CONF | POT-CONF | POT-CONF | POT-CONF  | COMM-INT | COMM-INT | NORMAL   | .        | P-DOWN
            CONF-DONE | NORMAL   | .        | POT-CONF | .        | .        | POT-CONF  | COMM-INT | COMM-INT | NORMAL   | .        | P-DOWN
            RECOVER   | ask      | ask      | ask      | lost     | lost     | lost      | ask      | ask      | ask      | ask      | ask
            REC-WAIT  | .        | .        | .        | .        | .        | .         | .        | .        | .        | .        | .
            REC-DONE  | NORMAL   | .        | .        | .        | .        | .         | .        | .        | NORMAL   | .        | P-DOWN
            PAUSED    | .        | .        | .        | .        | .        | .         | .        | .        | .        | .        | .
            SHUTDOWN  | .        | .        | .        | .        | .        | .         | .        | .        | .        | .        | .
            """;

    /** Mine, by row; what happens besides, by column. */
    private static final String HAPPENS = """
            mine      | LINK-LOST | SAFE-PERIOD | DECLARED | PROVED | UPDDONE          | WAIT-OVER | STORE-LOST
            NORMAL    | COMM-INT  | .           | P-DOWN   | P-DOWN | .                | .         | RECOVER
            COMM-INT  | .         | P-DOWN      | P-DOWN   | P-DOWN | .                | .         | RECOVER
            P-DOWN    | .         | .           | .        | .      | .                | .         | RECOVER
            POT-CONF  | RES-INT   | .           | P-DOWN   | P-DOWN | CONF-DONE/NORMAL | .         | RECOVER
            RES-INT   | .         | P-DOWN      | P-DOWN   | P-DOWN | .                | .         | RECOVER
            CONF-DONE | .         | P-DOWN      | P-DOWN   | P-DOWN | .                | .         | RECOVER
            RECOVER   | .         | .           | P-DOWN   | .      | wait             | .         | .
            REC-WAIT  | .         | .           | .        | .      | .                | REC-DONE  | RECOVER
            REC-DONE  | .         | P-DOWN      | P-DOWN   | P-DOWN | .                | .         | RECOVER
            PAUSED    | .         | .           | .        | .      | .                | .         | .
            SHUTDOWN  | .         | .           | .        | .      | .                | .         | .
            """;

    /** Where a server does otherwise because ISC dhcpd 4.4.3 would stop or end. */
    private static final String HEARD_OF_ISC = """
            mine      | POT-CONF | RES-INT  | CONF-DONE
            RECOVER   | POT-CONF | POT-CONF | POT-CONF
            REC-WAIT  | POT-CONF | POT-CONF | POT-CONF
            REC-DONE  | POT-CONF | POT-CONF | POT-CONF
            """;

    /** ISC's secondary asks for updates only of a primary that it has seen in POT-CONF in the same session. */
    private static final String HAPPENS_WITH_ISC = """
            mine      | LINK-LOST
            CONF-DONE | RES-INT
            """;

    private static final Map<String, ServerState> NAMES = Map.ofEntries(
            Map.entry("NORMAL", ServerState.NORMAL),
            Map.entry("COMM-INT", ServerState.COMMUNICATIONS_INTERRUPTED),
            Map.entry("P-DOWN", ServerState.PARTNER_DOWN),
            Map.entry("POT-CONF", ServerState.POTENTIAL_CONFLICT),
            Map.entry("RES-INT", ServerState.RESOLUTION_INTERRUPTED),
            Map.entry("CONF-DONE", ServerState.CONFLICT_DONE),
            Map.entry("RECOVER", ServerState.RECOVER),
            Map.entry("REC-WAIT", ServerState.RECOVER_WAIT),
            Map.entry("REC-DONE", ServerState.RECOVER_DONE),
            Map.entry("PAUSED", ServerState.PAUSED),
            Map.entry("SHUTDOWN", ServerState.SHUTDOWN));

    private static final Table NATIVE = new Table(HEARD, HAPPENS);
    private static final Table OF_ISC = new Table(HEARD + HEARD_OF_ISC, HAPPENS + HAPPENS_WITH_ISC);

    private Transitions() {}

    /** What happens that is not said by the partner: a column of the second table. */
    enum Happening {
        LINK_LOST,
        SAFE_PERIOD,
        DECLARED,
        PROVED,
        UPDDONE,
        WAIT_OVER,
        STORE_LOST
    }

    /** What a cell says. */
    enum Rule {
        STAY,
        ENTER,
        ASK,
        ASK_WHERE_LOST,
        WAIT
    }

    /** A cell for one role; {@code to} is null where the rule is not ENTER. */
    record Step(Rule rule, @Nullable ServerState to) {}

    /** What a server of this role in this state does when its partner says that it is in that one. */
    static Step heard(PartnerKind partnerKind, ServerRole role, ServerState mine, ServerState partners) {
        return table(partnerKind).cell(mine, partners.name()).of(role);
    }

    /** What a server of this role in this state does when this happens. */
    static Step happens(PartnerKind partnerKind, ServerRole role, ServerState mine, Happening what) {
        return table(partnerKind).cell(mine, what.name()).of(role);
    }

    private static Table table(PartnerKind partnerKind) {
        return partnerKind == PartnerKind.ISC ? OF_ISC : NATIVE;
    }

    private record Cell(Step primary, Step secondary) {
        static Cell parse(String text) {
            int slash = text.indexOf('/');
            return slash < 0
                    ? new Cell(step(text), step(text))
                    : new Cell(step(text.substring(0, slash)), step(text.substring(slash + 1)));
        }

        private static Step step(String text) {
            return switch (text) {
                case "." -> new Step(Rule.STAY, null);
                case "ask" -> new Step(Rule.ASK, null);
                case "lost" -> new Step(Rule.ASK_WHERE_LOST, null);
                case "wait" -> new Step(Rule.WAIT, null);
                default -> new Step(Rule.ENTER, named(text));
            };
        }

        Step of(ServerRole role) {
            return role == ServerRole.Primary ? primary : secondary;
        }
    }

    private static ServerState named(String text) {
        ServerState state = NAMES.get(text);
        if (state == null) {
            throw new IllegalArgumentException("'" + text + "' is no state of the table");
        }
        return state;
    }

    /** Later lines stand above earlier ones. */
    private static final class Table {
        private final Map<ServerState, Map<String, Cell>> rows = new EnumMap<>(ServerState.class);

        Table(String... texts) {
            for (String text : texts) {
                List<String> columns = List.of();
                for (String line : text.lines().toList()) {
                    List<String> cells = new ArrayList<>(
                            Arrays.stream(line.split("\\|")).map(String::strip).toList());
                    String first = cells.removeFirst();
                    if (first.equals("mine")) {
                        columns = cells;
                    } else {
                        addRow(named(first), columns, cells);
                    }
                }
            }
        }

        private void addRow(ServerState mine, List<String> columns, List<String> cells) {
            for (int i = 0; i < columns.size(); i++) {
                ServerState partners = NAMES.get(columns.get(i));
                String column = partners == null ? columns.get(i).replace('-', '_') : partners.name();
                rows.computeIfAbsent(mine, key -> new HashMap<>()).put(column, Cell.parse(cells.get(i)));
            }
        }

        Cell cell(ServerState mine, String column) {
            Map<String, Cell> row = rows.get(mine);
            Cell cell = row == null ? null : row.get(column);
            if (cell == null) {
                throw new IllegalArgumentException("the table has nothing for " + mine + " and " + column);
            }
            return cell;
        }
    }
}
