/*
 * A failover relationship: two servers, two clients, the address ownership between them. README.md beside this file
 * says what is modelled, which bounds apply, and what each of the macros that are tested here does.
 *
 * Every step of every process is atomic, and everything that it changes on disk is on disk after it.
 *
 * Time is relative and so without end: at each tick all times come one tick closer. A lease's end and a timer are what
 * is left of them, 0 = over. A potential expiration is kept as what is left of it plus MCLT, so NOW stands for this
 * moment, and 0 for "MCLT ago or longer", which is all that any rule asks.
 */
#ifndef ADDRESSES
#define ADDRESSES 1 /* 1 or 2 */
#endif
#ifndef MCLT
#define MCLT 1
#endif
#ifndef LEASE
#define LEASE 2 /* the lease that is wanted, more than MCLT */
#endif
/* Faults: how many of each kind; 9 = without end. */
#ifndef BREAKS
#define BREAKS 9
#endif
#ifndef CRASHES
#define CRASHES 9
#endif
#ifndef WIPES
#define WIPES 9
#endif
#ifndef REQUESTS
#define REQUESTS 9 /* not a fault: leases and renewals */
#endif
#ifndef DECLARATIONS
#define DECLARATIONS 9
#endif

#ifdef NARROW /* fewer ways that lead to the same: for two addresses */
#define WINDOW 1
#else
#define WINDOW 2
#endif

#define NOW MCLT
#define POTENTIAL (LEASE + MCLT) /* now + the lease that is wanted, as a potential expiration */
#define PRIMARY 0
#define SECONDARY 1
#define partner(s) (1 - (s))
#define at(s, a) ((s) * ADDRESSES + (a))
#define N (2 * ADDRESSES)

/* States of a server. STARTUP is a flag beside the saved state, as in the STATE message. */
#define NORMAL 0
#define COMMUNICATIONS_INTERRUPTED 1
#define PARTNER_DOWN 2
#define POTENTIAL_CONFLICT 3
#define RESOLUTION_INTERRUPTED 4
#define CONFLICT_DONE 5
#define RECOVER 6
#define RECOVER_WAIT 7
#define RECOVER_DONE 8

/* Binding statuses. */
#define FREE 0
#define BACKUP 1
#define ACTIVE 2
#define EXPIRED 3
#define RELEASED 4
#define ended(i) (status[i] >= EXPIRED)

/* What the partner knows of a binding. */
#define KNOWN 0
#define UNSENT 1
#define OUTSTANDING 2
#define REFUSED 3 /* not sent again before a change, a request or a new session */
#define CHANGED 4 /* outstanding, and changed since */

/* Messages. */
#define STATE 0
#define BNDUPD 1
#define BNDACK 2
#define UPDREQ 3
#define UPDREQALL 4
#define UPDDONE 5

/* On disk. */
byte state[2];
byte status[N], owner[N], end[N], acknowledged[N], furthest[N], talked[N], update[N];
bool told[N];            /* the partner may have heard of this end of a lease */
byte downTime[2];        /* PARTNER-DOWN: left until the entry + MCLT */
byte recoverTime[2];     /* left until RECOVER-WAIT ends */
bool lost[2];            /* the disk was found empty, and is not yet filled by the partner */
bool ranSince[2];        /* in operation later than the partner's entry into PARTNER-DOWN */

/* In memory. */
bool alive[2], starting[2], linked[2], heard[2], asked[2];
byte peer[2];            /* the partner's state, as heard in this session */
byte sent[N];            /* of the update that is outstanding: status + 8 * when the client was talked to */
byte wanted[2];          /* a request of the partner that is being answered: a bit per address, and ASKED */
#define ASKED 4

/* The world. */
bool network;            /* the session's bytes get through */
chan inbox[2] = [6] of { byte, byte, byte };
byte held[N];            /* at(c, a): how long client c believes it holds address a */
bool alone[2];           /* was declared PARTNER-DOWN, and its partner has not heard of it since */
byte breaks = BREAKS, crashes = CRASHES, wipes = WIPES, declarations = DECLARATIONS, requests = REQUESTS;
#ifdef RETURN
bool calm;               /* from here on no faults, no clients, no operator */
bool settled;            /* nothing is left to do */

ltl returns { []<>(!calm || settled) }
#else
#define calm false
#endif

#define spend(budget) if :: budget == 9 :: else -> budget-- fi
#define serves(s) (alive[s] && !starting[s] && (state[s] <= PARTNER_DOWN || servesMore(s)))
#define servesMore(s) (state[s] == CONFLICT_DONE)
#ifdef DRAFT_RENEWS
#define renews(s) (serves(s) || (alive[s] && !starting[s] && state[s] == RECOVER_DONE))
#else
#define renews(s) serves(s)
#endif
#define ownFree(s, i) (status[i] == FREE + (s)) /* FREE is the primary's, BACKUP the secondary's */
#define othersFree(s, i) (status[i] == BACKUP - (s))

/* I4: the transitions there are, a bit per new state; by hand, not from the rules below. */
#define bit(x) (1 << (x))
#define allowed(from, to) ( \
    (from == NORMAL && (to == COMMUNICATIONS_INTERRUPTED)) || \
    (from == COMMUNICATIONS_INTERRUPTED \
        && (to == NORMAL || to == PARTNER_DOWN || to == POTENTIAL_CONFLICT || to == RECOVER)) || \
    (from == PARTNER_DOWN && (to == NORMAL || to == POTENTIAL_CONFLICT || to == RECOVER)) || \
    (from == POTENTIAL_CONFLICT \
        && (to == RESOLUTION_INTERRUPTED || to == CONFLICT_DONE || to == NORMAL)) || \
    (from == RESOLUTION_INTERRUPTED && (to == POTENTIAL_CONFLICT || to == PARTNER_DOWN || to == RECOVER)) || \
    (from == CONFLICT_DONE && (to == NORMAL || to == PARTNER_DOWN || to == RECOVER)) || \
    (from == RECOVER && (to == RECOVER_WAIT || to == RECOVER_DONE || to == POTENTIAL_CONFLICT)) || \
    (from == RECOVER_WAIT && to == RECOVER_DONE) || \
    (from == RECOVER_DONE && to == NORMAL))

inline move(s, to) {
    printf("    server %d: %d -> %d\n", s, state[s], to);
    assert(allowed(state[s], to));
#ifdef UNREACHED
    assert(to != UNREACHED);
#endif
    if
    :: state[s] == PARTNER_DOWN -> downTime[s] = 0; ranSince[partner(s)] = false
    :: else
    fi;
    state[s] = to;
    if
    :: to == NORMAL -> recoverTime[s] = 0
    :: else
    fi
}

inline send(s, kind, x, y) {
    if
    :: network -> assert(nfull(inbox[partner(s)])); inbox[partner(s)]!kind, x, y
    :: else
    fi
}

inline sayState(s) { send(s, STATE, state[s], starting[s]) }

inline forget(i) {
    owner[i] = 0; end[i] = 0; acknowledged[i] = 0; furthest[i] = 0; talked[i] = 0; told[i] = false
}

inline changed(i) {
    if
    :: update[i] == OUTSTANDING || update[i] == CHANGED -> update[i] = CHANGED
    :: else -> update[i] = UNSENT
    fi
}

/* Sends the binding of address a as it is now. */
inline sendUpdate(s, a) {
    send(s, BNDUPD, a + 2 * owner[at(s, a)] + 4 * status[at(s, a)], end[at(s, a)] + 16 * talked[at(s, a)]);
    if
    :: status[at(s, a)] == ACTIVE -> furthest[at(s, a)] = POTENTIAL
    :: ended(at(s, a)) -> told[at(s, a)] = true
    :: else
    fi;
    sent[at(s, a)] = status[at(s, a)] + 8 * talked[at(s, a)];
    update[at(s, a)] = OUTSTANDING
}

inline ask(s) {
    if
    :: !asked[s] -> asked[s] = true; send(s, (lost[s] -> UPDREQALL : UPDREQ), 0, 0)
    :: else
    fi
}

inline enterConflict(s) {
    move(s, POTENTIAL_CONFLICT);
    asked[s] = false;
    sayState(s);
    if
    :: s == PRIMARY -> ask(s)
    :: s == SECONDARY && peer[s] == CONFLICT_DONE -> ask(s)
    :: else
    fi
}

inline enterNormal(s) {
    if
    :: update[at(s, 0)] == REFUSED -> update[at(s, 0)] = UNSENT
    :: else
    fi;
#if ADDRESSES == 2
    if
    :: update[at(s, 1)] == REFUSED -> update[at(s, 1)] = UNSENT
    :: else
    fi;
#endif
    move(s, NORMAL);
    sayState(s)
}

/* The partner has answered for all that this server did alone. */
#define toldAll(s) (toldOf(s, 0) && toldOf(s, ADDRESSES - 1))
#define toldOf(s, a) (update[at(s, a)] == KNOWN || update[at(s, a)] == REFUSED)

/* A STATE of the partner: what it makes of this server's own state. */
inline onState(s, says, flag) {
    peer[s] = says;
    alone[partner(s)] = false;
    heard[s] = true;
    if
    :: starting[s] ->
        starting[s] = false;
        if
        :: says == PARTNER_DOWN && state[s] < RECOVER && state[s] != POTENTIAL_CONFLICT && !ranSince[s] ->
            move(s, RECOVER)
        :: else
        fi;
        sayState(s)
    :: else
    fi;
    if
    :: state[s] == NORMAL && says != NORMAL && says != COMMUNICATIONS_INTERRUPTED ->
        move(s, COMMUNICATIONS_INTERRUPTED)
    :: else
    fi;
    if
    :: state[s] == COMMUNICATIONS_INTERRUPTED ->
        if
        :: says == NORMAL || says == COMMUNICATIONS_INTERRUPTED || says == RECOVER_DONE -> enterNormal(s)
#ifdef BREAK_TRANSITION
        :: says == RECOVER -> move(s, RECOVER_DONE)
#else
        :: says == RECOVER
#endif
        :: says == RECOVER_WAIT
        :: else -> enterConflict(s)
        fi
    :: state[s] == PARTNER_DOWN && !flag ->
        if
#ifdef DRAFT_ORDER
        :: says == RECOVER_DONE -> enterNormal(s)
#endif
        :: says == RECOVER || says == RECOVER_WAIT || says == RECOVER_DONE
        :: else -> enterConflict(s)
        fi
    :: state[s] == RECOVER ->
        if
        :: says == POTENTIAL_CONFLICT || says == RESOLUTION_INTERRUPTED || says == CONFLICT_DONE -> enterConflict(s)
        :: else -> ask(s)
        fi
    :: state[s] == RECOVER_DONE && (says == NORMAL || says == RECOVER_DONE) -> enterNormal(s)
    :: state[s] == RESOLUTION_INTERRUPTED -> enterConflict(s)
#ifndef BREAK_RETURN
    :: state[s] == POTENTIAL_CONFLICT && s == SECONDARY && says == CONFLICT_DONE -> ask(s)
#endif
    :: state[s] == CONFLICT_DONE && says == NORMAL -> enterNormal(s)
    :: else
    fi
}

/*
 * Two updates of one address that cross: each server sees the other's while its own is outstanding, and both know both.
 * Of such two, one is void, the same for both servers: a lease outlives what ends it, unless the client released it
 * later; of two ends, or two givings away, the primary's stays.
 */
#define beats(s, own, their, time) ( \
    (((own) & 7) == ACTIVE && (their) == RELEASED && (time) <= ((own) >> 3)) || \
    (((own) & 7) == ACTIVE && (their) != RELEASED && (their) != ACTIVE) || \
    (((own) & 7) == RELEASED && (their) == ACTIVE && (time) <= ((own) >> 3)) || \
    (((own) & 7) != ACTIVE && (their) != ACTIVE && s == PRIMARY))

/* A BNDUPD: accepted or refused by both statuses and the times; on disk, then acknowledged. */
inline onUpdate(s, x, y) {
    i = at(s, x & 1);
    ok = false;
    if
    :: status[i] == ACTIVE ->
        if
#ifdef DRAFT_OTHER
        :: (x >> 2) == ACTIVE -> ok = (((x >> 1) & 1) == owner[i] || s == SECONDARY)
#else
        :: (x >> 2) == ACTIVE -> ok = (((x >> 1) & 1) == owner[i] || s == SECONDARY || end[i] == 0)
#endif
        :: (x >> 2) == RELEASED -> ok = ((y >> 4) > talked[i])
        :: else -> ok = (end[i] == 0)
        fi
    /* Of two clients' leases the one of the partner is the later one where this server's is over. */
    :: ended(i) && (x >> 2) == ACTIVE && ((x >> 1) & 1) != owner[i] -> ok = true
    :: else ->
    if
    :: status[i] == EXPIRED -> ok = ((x >> 2) != ACTIVE || (y >> 4) > talked[i])
    :: status[i] == RELEASED -> ok = (((x >> 2) != ACTIVE && (x >> 2) != EXPIRED) || (y >> 4) > talked[i])
    :: else -> ok = true
    fi
    fi;
#ifndef DRAFT_CROSSING
    ok = ok && !((update[i] == OUTSTANDING || update[i] == CHANGED) && beats(s, sent[i], x >> 2, y >> 4));
#endif
#ifndef DRAFT_LOSS
    /* Whoever lost its disk cannot agree to the end of a lease that it may have extended: not before MCLT. */
    ok = ok && !((x >> 2) >= EXPIRED && (state[s] == RECOVER || state[s] == RECOVER_WAIT));
#endif
    if
    :: ok ->
        if
        :: (x >> 2) == ACTIVE ->
#ifndef DRAFT_LAST
            /* The partner's may be the older one of the same client's. */
            if
            :: status[i] == ACTIVE && owner[i] == ((x >> 1) & 1) && end[i] > (y & 15) -> y = (y & 240) + end[i]
            :: else
            fi;
            if
            :: status[i] == ACTIVE && owner[i] == ((x >> 1) & 1) && talked[i] > (y >> 4) ->
                y = (y & 15) + 16 * talked[i]
            :: else
            fi;
#endif
            end[i] = y & 15;
            talked[i] = y >> 4;
            status[i] = ACTIVE;
            owner[i] = (x >> 1) & 1;
            acknowledged[i] = POTENTIAL;
            furthest[i] = POTENTIAL;
            told[i] = false
        :: (x >> 2) == BACKUP -> status[i] = BACKUP; forget(i)
        :: else -> status[i] = FREE; forget(i)
        fi;
        if
        :: update[i] == UNSENT || update[i] == REFUSED ->
            update[i] = KNOWN;
            wanted[s] = wanted[s] & ~(1 << (x & 1))
        :: update[i] == CHANGED -> update[i] = OUTSTANDING
        :: else
        fi
    :: else
    fi;
    send(s, BNDACK, x, ok);
    i = 0; ok = false
}

inline accepted(i, x) {
    if
    :: (x >> 2) == ACTIVE && status[i] == ACTIVE && owner[i] == ((x >> 1) & 1) -> acknowledged[i] = POTENTIAL
    :: (x >> 2) >= EXPIRED && status[i] == (x >> 2) && update[i] == OUTSTANDING -> status[i] = FREE; forget(i)
    :: else
    fi
}

inline onAcknowledgement(s, x, y) {
    i = at(s, x & 1);
    if
    :: y -> accepted(i, x)
    :: else
    fi;
    if
    :: update[i] == CHANGED -> update[i] = UNSENT
    :: update[i] == OUTSTANDING && y -> update[i] = KNOWN
    :: update[i] == OUTSTANDING && !y -> update[i] = REFUSED
    :: else
    fi;
    sent[i] = 0;
    wanted[s] = wanted[s] & ~(1 << (x & 1));
    i = 0
}

inline onRequest(s, all) {
    wanted[s] = ASKED;
    x = 0;
    do
    :: x < ADDRESSES ->
#ifndef DRAFT_LOSS
        /* What the partner's lost disk knew: a client may have been promised as much as this server ever let it. */
        if
        :: all && status[at(s, x)] >= ACTIVE && furthest[at(s, x)] > end[at(s, x)] ->
            status[at(s, x)] = ACTIVE; end[at(s, x)] = furthest[at(s, x)];
            changed(at(s, x))
        :: else
        fi;
#endif
        if
#ifdef DRAFT_ALL
        :: all && update[at(s, x)] == KNOWN && status[at(s, x)] > BACKUP -> update[at(s, x)] = UNSENT
#else
        :: all && update[at(s, x)] == KNOWN -> update[at(s, x)] = UNSENT
#endif
        :: all && update[at(s, x)] == OUTSTANDING -> update[at(s, x)] = CHANGED
        :: update[at(s, x)] == REFUSED -> update[at(s, x)] = UNSENT
        :: else
        fi;
        if
        :: update[at(s, x)] != KNOWN -> wanted[s] = wanted[s] | (1 << x)
        :: else
        fi;
        x++
    :: else -> break
    od;
    x = 0
}

inline onDone(s) {
    asked[s] = false;
    lost[s] = false;
    if
    :: state[s] == RECOVER ->
        if
        :: recoverTime[s] == 0 -> move(s, RECOVER_DONE)
        :: else -> move(s, RECOVER_WAIT)
        fi;
        sayState(s);
        if
        :: state[s] == RECOVER_DONE && (peer[s] == NORMAL || peer[s] == RECOVER_DONE) -> enterNormal(s)
        :: else
        fi
    :: state[s] == POTENTIAL_CONFLICT && s == PRIMARY -> move(s, CONFLICT_DONE); sayState(s)
    :: state[s] == POTENTIAL_CONFLICT && s == SECONDARY -> enterNormal(s)
    :: else
    fi
}

/* The session is over, as this server sees it. */
inline unlink(s) {
    linked[s] = false; heard[s] = false; asked[s] = false; peer[s] = 0; wanted[s] = 0;
    x = 0;
    do
    :: x < ADDRESSES ->
#ifdef BREAK_ACK
        if
        :: update[at(s, x)] == OUTSTANDING ->
            accepted(at(s, x), ((status[at(s, x)] << 2) | (owner[at(s, x)] << 1)));
            update[at(s, x)] = KNOWN
        :: else
        fi;
#endif
        if
        :: update[at(s, x)] != KNOWN -> update[at(s, x)] = UNSENT
        :: else
        fi;
        sent[at(s, x)] = 0;
        x++
    :: else -> break
    od;
    x = 0;
    if
    :: state[s] == NORMAL -> move(s, COMMUNICATIONS_INTERRUPTED)
    :: state[s] == POTENTIAL_CONFLICT -> move(s, RESOLUTION_INTERRUPTED)
    :: else
    fi
}

#define mayUpdate(s) (linked[s] && heard[s] && !starting[s] && len(inbox[partner(s)]) < WINDOW)
#define meansToSend(s, a) (update[at(s, a)] == UNSENT \
    && (state[s] == NORMAL || (wanted[s] & (1 << (a))) \
        || (state[s] <= PARTNER_DOWN && peer[s] >= RECOVER_WAIT)))

inline sendOne(s, a) {
    d_step { mayUpdate(s) && meansToSend(s, a) -> printf("server %d sends BNDUPD %d status %d owner %d\n", s, a, status[at(s, a)], owner[at(s, a)]); sendUpdate(s, a) }
}
inline expireOne(s, a) {
    d_step {
        serves(s) && status[at(s, a)] == ACTIVE && end[at(s, a)] == 0 && !calm ->
        printf("server %d expires %d\n", s, a);
        status[at(s, a)] = EXPIRED; changed(at(s, a));
#ifdef BREAK_FREE
        status[at(s, a)] = FREE; forget(at(s, a))
#endif
    }
}
inline giveOne(s, a) {
    d_step {
        WINDOW > 1 && alive[s] && !starting[s] && state[s] == NORMAL && ownFree(s, at(s, a)) && update[at(s, a)] == KNOWN && !calm ->
        printf("server %d gives %d away\n", s, a);
        status[at(s, a)] = BACKUP - s; update[at(s, a)] = UNSENT
    }
}

/* Whoever starts a server vouches for this: it meets a partner that is in PARTNER-DOWN before it serves. */
#ifdef UNHEARD_RETURN
#define mayReturnUnheard(s) true
#else
#define mayReturnUnheard(s) (!alone[partner(s)] || state[s] >= RECOVER)
#endif

proctype server(byte s) {
    byte kind, x, y, i;
    bool ok;
    do
    :: atomic {
        linked[s] && alive[s] && nempty(inbox[s]) && len(inbox[partner(s)]) < 3 ->
        d_step {
            inbox[s]?kind, x, y;
            printf("server %d gets %d(%d, %d)\n", s, kind, x, y);
            if
            :: kind == STATE -> onState(s, x, y)
            :: kind == BNDUPD -> onUpdate(s, x, y)
            :: kind == BNDACK -> onAcknowledgement(s, x, y)
            :: kind == UPDREQ -> onRequest(s, false)
            :: kind == UPDREQALL -> onRequest(s, true)
            :: kind == UPDDONE -> onDone(s)
            fi;
            kind = 0; x = 0; y = 0
        } }
    :: sendOne(s, 0)
    :: expireOne(s, 0)
    :: giveOne(s, 0)
#if ADDRESSES == 2
    :: sendOne(s, 1)
    :: expireOne(s, 1)
    :: giveOne(s, 1)
#endif
    :: d_step { wanted[s] == ASKED && len(inbox[partner(s)]) < 3 -> wanted[s] = 0; send(s, UPDDONE, 0, 0) }
    :: d_step {
        state[s] == PARTNER_DOWN && peer[s] == RECOVER_DONE && toldAll(s) && len(inbox[partner(s)]) < 3 ->
        enterNormal(s) }
    :: d_step { linked[s] && !network -> printf("server %d notices the break\n", s); unlink(s) }
    :: d_step {
        alive[s] && !starting[s] && state[s] == RECOVER_WAIT && recoverTime[s] == 0 && len(inbox[partner(s)]) < 3 ->
        move(s, RECOVER_DONE);
        sayState(s);
        if
        :: heard[s] && (peer[s] == NORMAL || peer[s] == RECOVER_DONE) -> enterNormal(s)
        :: else
        fi }
    /* The partner does not answer. */
    :: d_step {
        starting[s] && !linked[s] && mayReturnUnheard(s) ->
        printf("server %d starts alone in %d\n", s, state[s]);
        starting[s] = false; ranSince[s] = (state[partner(s)] == PARTNER_DOWN) }
    od
}

/* Lets client c have address a of server s. */
inline lease(s, c, a) {
    i = at(s, a);
    if
    :: status[i] >= ACTIVE && owner[i] == c && !told[i]
    :: else -> forget(i)
    fi;
    length = (acknowledged[i] > MCLT -> acknowledged[i] : MCLT);
    length = (length > LEASE -> LEASE : length);
#ifdef BREAK_MCLT
    length = LEASE;
#endif
#if !defined(NO_INVARIANTS) && !defined(NO_I3)
    /* I3: the end is not later than what the partner has on its disk plus MCLT. */
    assert(length <= MCLT || length <= furthest[at(partner(s), a)] || lost[partner(s)]);
#endif
    status[i] = ACTIVE;
    owner[i] = c;
#ifdef DRAFT_SHORTER
    end[i] = length;
#else
    /* The answer may be lost: a renewal never makes the end earlier that the client may have been told. */
    end[i] = (end[i] > length -> end[i] : length);
#endif
    talked[i] = LEASE;
    told[i] = false;
    furthest[i] = (furthest[i] > length + NOW -> furthest[i] : length + NOW);
    changed(i);
    printf("server %d leases %d to client %d for %d\n", s, a, c, length);
    i = 0
}

/* Nobody has or had a lease: the clients are alike, and client 0 may stand for both. */
#define unused(i) (status[i] < ACTIVE && held[i] == 0)
#define alike (unused(0) && unused(1) && unused(N - 2) && unused(N - 1) && len(inbox[0]) == 0 && len(inbox[1]) == 0)

#define idle(c) (held[at(c, 0)] == 0 && held[at(c, ADDRESSES - 1)] == 0)
#define afterMclt(s) (downTime[s] == 0)
/* Another client's lease that is over, or was: not before all that the partner may have promised, and MCLT. */
#define lapsed(s, i) (status[i] >= ACTIVE && end[i] == 0 && furthest[i] == 0)
#define mayRenew(s, c, a) (renews(s) && owner[at(s, a)] == c \
    && status[at(s, a)] >= ACTIVE && !told[at(s, a)] && (held[at(c, a)] > 0 || idle(c)))
#define mayTake(s, c, a) (serves(s) && idle(c) && (c == 0 || !alike) && (ownFree(s, at(s, a)) \
    || (state[s] == PARTNER_DOWN && afterMclt(s) && (othersFree(s, at(s, a)) || lapsed(s, at(s, a))))))

inline request(s, c, a) {
    atomic {
        !calm && requests > 0 && (mayRenew(s, c, a) || mayTake(s, c, a)) ->
        d_step { spend(requests); lease(s, c, a) };
        if
        :: d_step { true ->
#ifndef NO_INVARIANTS
            assert(held[at(1 - c, a)] == 0); /* I1 */
#endif
            printf("client %d has %d for %d\n", c, a, length);
            held[at(c, a)] = length; length = 0 }
#ifndef NARROW
        :: length = 0 /* the answer is lost */
#endif
        fi
    }
}

inline release(s, c, a) {
    d_step {
        !calm && held[at(c, a)] > 0 && serves(s) && status[at(s, a)] == ACTIVE && owner[at(s, a)] == c ->
        printf("client %d releases %d to server %d\n", c, a, s);
        held[at(c, a)] = 0;
        status[at(s, a)] = RELEASED; end[at(s, a)] = 0; talked[at(s, a)] = LEASE; told[at(s, a)] = false;
        changed(at(s, a))
    }
}

proctype client(byte c) {
    byte i, length;
    do
    :: request(0, c, 0)
    :: request(1, c, 0)
#ifdef RELEASES
    :: release(0, c, 0)
    :: release(1, c, 0)
#endif
#if ADDRESSES == 2
    :: request(0, c, 1)
    :: request(1, c, 1)
#ifdef RELEASES
    :: release(0, c, 1)
    :: release(1, c, 1)
#endif
#endif
    od
}

#define down(v) v = (v > 0 -> v - 1 : 0)

inline crash(s) {
    d_step {
        alive[s] && crashes > 0 && !calm ->
        spend(crashes);
        printf("server %d crashes in %d\n", s, state[s]);
        if
        :: state[s] < RECOVER -> recoverTime[s] = MCLT
        :: else
        fi;
        if
        :: linked[s] -> unlink(s)
        :: else
        fi;
        alive[s] = false; starting[s] = false; network = false;
        do
        :: nempty(inbox[0]) -> inbox[0]?_, _, _
        :: nempty(inbox[1]) -> inbox[1]?_, _, _
        :: empty(inbox[0]) && empty(inbox[1]) -> break
        od
    }
}

/* A disk is lost while the other server has what was on it: not both at once, nor what only this one knew. */
#ifdef ANY_LOSS
#define mayLose(s) true
#else
#define mayLose(s) (!lost[partner(s)] && !alone[s])
#endif

inline wipe(s) {
    d_step {
        !alive[s] && wipes > 0 && mayLose(s) && !calm ->
        spend(wipes);
        printf("server %d loses its disk\n", s);
        lost[s] = true;
        state[s] = RECOVER;
        x = 0;
        do
        :: x < ADDRESSES -> forget(at(s, x)); status[at(s, x)] = FREE; update[at(s, x)] = KNOWN; x++
        :: else -> break
        od;
        x = 0;
        downTime[s] = 0; recoverTime[s] = 0; ranSince[s] = false
    }
}

inline start(s) {
    d_step {
        !alive[s] ->
        printf("server %d starts\n", s);
        alive[s] = true;
        starting[s] = true;
#ifndef BREAK_RECOVER
        if
        :: lost[s] -> recoverTime[s] = MCLT
        :: else
        fi
#endif
    }
}

#ifdef WRONG_DECLARATION
#define rightlyDown(s) (!linked[s])
#else
#define rightlyDown(s) (!alive[partner(s)])
#endif

inline declare(s) {
    d_step {
        alive[s] && !starting[s] && !linked[s] && declarations > 0 && rightlyDown(s) && !calm &&
            (state[s] == COMMUNICATIONS_INTERRUPTED || state[s] == RESOLUTION_INTERRUPTED ||
                state[s] == CONFLICT_DONE) ->
        spend(declarations);
        printf("server %d is told: partner down\n", s);
        move(s, PARTNER_DOWN);
        alone[s] = true;
#ifndef BREAK_POOL
        downTime[s] = MCLT;
#endif
        ranSince[partner(s)] = alive[partner(s)] && !starting[partner(s)]
    }
}

proctype world() {
    byte x;
    do
    :: crash(0)
    :: crash(1)
    :: wipe(0)
    :: wipe(1)
    :: start(0)
    :: start(1)
    :: declare(0)
    :: declare(1)
    :: d_step {
        network && breaks > 0 && !calm ->
        spend(breaks);
        printf("the link breaks\n");
        network = false;
        do
        :: nempty(inbox[0]) -> inbox[0]?_, _, _
        :: nempty(inbox[1]) -> inbox[1]?_, _, _
        :: empty(inbox[0]) && empty(inbox[1]) -> break
        od }
    :: d_step {
        !network && alive[0] && alive[1] && !linked[0] && !linked[1] ->
        printf("the link comes up\n");
        network = true; linked[0] = true; linked[1] = true;
        inbox[1]!STATE, state[0], starting[0];
        inbox[0]!STATE, state[1], starting[1] }
    :: d_step {
        empty(inbox[0]) && empty(inbox[1]) && linked[0] == network && linked[1] == network &&
            (!calm || recoverTime[0] > 0 || recoverTime[1] > 0) ->
        printf("tick\n");
        x = 0;
        do
        :: x < N ->
            down(end[x]); down(acknowledged[x]); down(furthest[x]); down(talked[x]); down(held[x]); x++
        :: else -> break
        od;
        x = 0;
        down(downTime[0]); down(downTime[1]); down(recoverTime[0]); down(recoverTime[1]) }
#ifdef RETURN
    :: d_step { !calm -> printf("calm\n"); calm = true }
    :: d_step {
        calm && timeout ->
        assert(state[0] == NORMAL && state[1] == NORMAL && alive[0] && alive[1] && !starting[0] && !starting[1]);
        settled = true } ->
        break
#endif
    od
}

init {
    atomic {
#ifdef FIRST_START
        state[0] = RECOVER; state[1] = RECOVER; lost[0] = true; lost[1] = true;
#else
        alive[0] = true; alive[1] = true;
        linked[0] = true; linked[1] = true; heard[0] = true; heard[1] = true; network = true;
#if ADDRESSES == 2
        status[at(0, 1)] = BACKUP; status[at(1, 1)] = BACKUP;
#endif
#endif
        run server(0); run server(1); run client(0); run client(1); run world()
    }
}
