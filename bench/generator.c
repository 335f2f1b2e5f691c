/*
 * A cheap, open-loop generator of DHCPv4 exchanges. It speaks as a relay: from its own address, port 67, with that
 * address as giaddr, so that servers answer by unicast to port 67 and one socket receives every reply.
 *
 * Every tick it sends what is due by the clock, whatever came back before (open loop), and takes all replies that have
 * arrived: one sendmmsg and one recvmmsg for many messages, one sleep a tick, no threads. The kernel stamps replies as
 * they arrive, so that neither the tick nor a late wake-up of the generator counts as latency of the server.
 *
 * With --partner it sends each message to two servers, as a relay of two does, and takes the offer that comes first.
 *
 * An exchange has its own transaction id; it is dropped if a reply does not come within the timeout. Nothing is sent
 * twice. The result is one line of JSON on the standard output.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64
#define MESSAGE_MAX 1500
#define MESSAGE_MIN 300 /* RFC 1542, 2.1: relays forward no shorter message */
#define OPTIONS 240     /* where the options begin, after the magic cookie */
#define SECOND 1000000000LL

enum { DISCOVER = 1, OFFER = 2, REQUEST = 3, ACK = 5, NAK = 6 };
enum mode { DORA, DISCOVERS, RENEWALS };
enum phase { FREE, WAITS_FOR_OFFER, WAITS_FOR_ACK };

/* What is known of one exchange; found by its transaction id in a ring that outlives the timeout. */
struct exchange {
    uint32_t xid;
    uint32_t client;
    int64_t sent;
    int64_t offer_latency;
    enum phase phase;
};

/* Latencies in nanoseconds, in buckets 1/64 wide of their value. */
#define SUB_BITS 6
#define SUB (1 << SUB_BITS)
struct histogram {
    uint64_t count, buckets[64 * SUB];
    int64_t max, sum;
};

struct counts {
    uint64_t sent, completed, offers, acks, naks, late, strange;
    struct histogram discover_offer, request_ack, exchange, lag;
    int64_t completed_last, gap_max; /* the longest time without a completed exchange */
};

static struct {
    in_addr_t server, partner, relay;
    double rate, seconds, timeout, tick;
    uint32_t clients, first;
    enum mode mode;
    int pid, partner_pid;
} option = {.rate = 100, .seconds = 5, .timeout = 1, .tick = 0.00025, .clients = 1000000};

static int sock;
static struct exchange *ring;
static uint32_t ring_mask, next_xid;
static in_addr_t *leases; /* the client's address; renewals only */
static struct counts counts;

static unsigned char out[BATCH][MESSAGE_MIN], in[BATCH][MESSAGE_MAX];
static struct exchange *out_exchange[BATCH];
static struct iovec out_vectors[BATCH], in_vectors[BATCH];
static struct mmsghdr out_messages[BATCH], in_messages[BATCH];
static struct sockaddr_in servers[2];
static char in_control[BATCH][CMSG_SPACE(sizeof(struct timespec))];
static unsigned out_count;

static void fail(const char *what) {
    fprintf(stderr, "generator: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * SECOND + t.tv_nsec;
}

static void record(struct histogram *h, int64_t value) {
    uint64_t v = value < 0 ? 0 : value;
    int shift = v < SUB ? 0 : 63 - __builtin_clzll(v) - SUB_BITS;
    h->buckets[shift * SUB + (v >> shift)]++; /* v >> shift is below 2 * SUB: the halves of neighbours interleave */
    h->count++;
    h->sum += v;
    if (value > h->max) h->max = value;
}

static double milliseconds(const struct histogram *h, double quantile) {
    uint64_t wanted = quantile * h->count, seen = 0;
    for (unsigned i = 0; i < 64 * SUB; i++) {
        seen += h->buckets[i];
        if (h->buckets[i] && seen >= wanted) {
            int shift = i < 2 * SUB ? 0 : i / SUB - 1;
            return (((uint64_t) (i - shift * SUB) + 1) << shift) / 1e6;
        }
    }
    return 0;
}

/* Sends what is queued. The time of sending is taken once for the batch, before it: it never flatters the server. */
static void flush(void) {
    int64_t time = now(CLOCK_REALTIME);
    for (unsigned i = 0; i < out_count; i++) out_exchange[i]->sent = time;
    for (int s = 0; s < (option.partner ? 2 : 1); s++) {
        for (unsigned i = 0; option.partner && i < out_count; i++) {
            out_messages[i].msg_hdr.msg_name = servers + s;
            out_messages[i].msg_hdr.msg_namelen = sizeof servers[s];
        }
        for (unsigned i = 0; i < out_count;) {
            int n = sendmmsg(sock, out_messages + i, out_count - i, 0);
            if (n > 0) i += n;
            else if (errno != ECONNREFUSED && errno != EINTR && errno != ENOBUFS && errno != EHOSTUNREACH) fail("sendmmsg");
        }
    }
    out_count = 0;
}

static unsigned char *put(unsigned char *p, uint8_t code, uint8_t length, const void *value) {
    *p++ = code;
    *p++ = length;
    memcpy(p, value, length);
    return p + length;
}

/* Queues a DISCOVER; or a REQUEST, of the offered address or, without an offer, of the client's own one (a renewal). */
static void queue(struct exchange *x, uint8_t type, const in_addr_t *offered, const in_addr_t *server) {
    static const unsigned char wanted[] = {1, 3, 6, 15, 28, 51, 54, 58, 59};
    unsigned char *m = out[out_count], *p = m + OPTIONS;
    uint32_t xid = htonl(x->xid), client = htonl(x->client);
    memset(m, 0, MESSAGE_MIN);
    m[0] = m[1] = m[3] = 1; /* BOOTREQUEST, Ethernet, one hop */
    m[2] = 6;
    memcpy(m + 4, &xid, 4);
    if (type == REQUEST && !offered) memcpy(m + 12, &leases[x->client], 4);
    memcpy(m + 24, &option.relay, 4);
    m[28] = 2; /* a locally administered address: 02:00 and the client's number */
    memcpy(m + 30, &client, 4);
    memcpy(m + 236, "\x63\x82\x53\x63", 4);
    p = put(p, 53, 1, &type);
    if (offered) {
        p = put(p, 54, 4, server);
        p = put(p, 50, 4, offered);
    }
    p = put(p, 55, sizeof wanted, wanted);
    *p = 255;
    out_exchange[out_count++] = x;
    if (out_count == BATCH) flush();
}

static void begin_exchange(void) {
    struct exchange *x = ring + (next_xid & ring_mask);
    *x = (struct exchange) {.xid = next_xid++, .client = (option.first + counts.sent) % option.clients};
    counts.sent++;
    if (option.mode == RENEWALS && leases[x->client]) {
        x->phase = WAITS_FOR_ACK;
        queue(x, REQUEST, NULL, NULL);
    } else {
        x->phase = WAITS_FOR_OFFER;
        queue(x, DISCOVER, NULL, NULL);
    }
}

static void end_exchange(struct exchange *x, int64_t latency) {
    int64_t time = now(CLOCK_MONOTONIC);
    if (counts.completed_last && time - counts.completed_last > counts.gap_max) counts.gap_max = time - counts.completed_last;
    counts.completed_last = time;
    counts.completed++;
    record(&counts.exchange, latency);
    x->phase = FREE;
}

static void receive_one(const unsigned char *m, unsigned length, int64_t arrived) {
    uint8_t type = 0;
    in_addr_t server = 0, offered;
    uint32_t xid;
    if (length < OPTIONS || m[0] != 2) { counts.strange++; return; }
    for (unsigned i = OPTIONS; i + 1 < length && m[i] != 255;) {
        if (m[i] == 0) { i++; continue; }
        if (i + 2 + m[i + 1] > length) break;
        if (m[i] == 53 && m[i + 1] == 1) type = m[i + 2];
        if (m[i] == 54 && m[i + 1] == 4) memcpy(&server, m + i + 2, 4);
        i += 2 + m[i + 1];
    }
    memcpy(&xid, m + 4, 4);
    memcpy(&offered, m + 16, 4);
    struct exchange *x = ring + (ntohl(xid) & ring_mask);
    int64_t latency = arrived - x->sent;
    bool offer = type == OFFER && x->phase == WAITS_FOR_OFFER, ack = type == ACK && x->phase == WAITS_FOR_ACK;
    if (type == NAK) counts.naks++;
    if (x->xid != ntohl(xid) || !(offer || ack)) { counts.strange++; return; } /* the second server's offer, too */
    if (latency > option.timeout * SECOND) { counts.late++; x->phase = FREE; return; }
    if (offer) {
        counts.offers++;
        record(&counts.discover_offer, latency);
        x->offer_latency = latency;
        if (option.mode == DISCOVERS) { end_exchange(x, latency); return; }
        x->phase = WAITS_FOR_ACK;
        queue(x, REQUEST, &offered, &server);
    } else {
        counts.acks++;
        record(&counts.request_ack, latency);
        if (leases) leases[x->client] = offered;
        end_exchange(x, x->offer_latency + latency);
    }
}

static bool receive(void) {
    for (unsigned i = 0; i < BATCH; i++) in_messages[i].msg_hdr.msg_controllen = sizeof in_control[i];
    int n = recvmmsg(sock, in_messages, BATCH, MSG_DONTWAIT, NULL);
    if (n < 0 && errno != EAGAIN && errno != EINTR && errno != ECONNREFUSED) fail("recvmmsg");
    for (int i = 0; i < n; i++) {
        struct cmsghdr *c = CMSG_FIRSTHDR(&in_messages[i].msg_hdr);
        struct timespec t;
        if (c && c->cmsg_type == SCM_TIMESTAMPNS) memcpy(&t, CMSG_DATA(c), sizeof t);
        else clock_gettime(CLOCK_REALTIME, &t);
        receive_one(in[i], in_messages[i].msg_len, t.tv_sec * SECOND + t.tv_nsec);
    }
    if (out_count) flush();
    return n == BATCH;
}

/* Exchanges at the rate until the time is over or 'count' are sent; then waits for what is still to come. */
static double run(double rate, double seconds, uint64_t count) {
    int64_t start = now(CLOCK_MONOTONIC), end = start + seconds * SECOND, tick = option.tick * SECOND, time = start;
    /* After a late wake-up it catches up at four times the rate, not in one burst that no real network sends. */
    uint64_t per_tick = 4 * rate * option.tick + 4;
    while (time < end && counts.sent < count) {
        uint64_t due = (time - start) * rate / SECOND + 1;
        for (uint64_t n = 0; counts.sent < due && counts.sent < count && n < per_tick; n++) {
            record(&counts.lag, time - start - (int64_t) (counts.sent * SECOND / rate));
            begin_exchange();
        }
        if (out_count) flush();
        while (receive()) {}
        int64_t wake = now(CLOCK_MONOTONIC) + tick;
        struct timespec t = {wake / SECOND, wake % SECOND};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
        time = now(CLOCK_MONOTONIC);
    }
    double took = (time - start) / 1e9;
    int64_t last = time + (int64_t) (2 * option.timeout * SECOND), quiet = time;
    uint64_t seen = counts.offers + counts.acks;
    while (counts.completed + counts.late < counts.sent && time < last && time - quiet < option.timeout * SECOND) {
        while (receive()) {}
        usleep(option.tick * 1e6);
        time = now(CLOCK_MONOTONIC);
        if (seen != counts.offers + counts.acks) { seen = counts.offers + counts.acks; quiet = time; }
    }
    return took;
}

static double own_seconds(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* User and system time of a process with all its threads, those that have ended too. */
static double process_seconds_of(int pid) {
    char path[64], line[1024];
    unsigned long user = 0, system = 0;
    if (!pid) return 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *f = fopen(path, "r");
    if (!f) return 0; /* it was killed, which is what is measured */
    if (!fgets(line, sizeof line, f)) fail(path);
    fclose(f);
    sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
    return (double) (user + system) / sysconf(_SC_CLK_TCK);
}

static double process_seconds(void) { return process_seconds_of(option.pid) + process_seconds_of(option.partner_pid); }

/* What all CPUs did together, idle times left out. */
static double machine_seconds(void) {
    unsigned long long t[8] = {0};
    FILE *f = fopen("/proc/stat", "r");
    if (!f || fscanf(f, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", t, t + 1, t + 2, t + 3, t + 4, t + 5, t + 6, t + 7) != 8)
        fail("/proc/stat");
    fclose(f);
    return (double) (t[0] + t[1] + t[2] + t[5] + t[6]) / sysconf(_SC_CLK_TCK);
}

static void print_histogram(const char *name, const struct histogram *h) {
    printf("\"%s\":{\"count\":%lu,\"mean_ms\":%.3f,\"p50_ms\":%.3f,\"p90_ms\":%.3f,\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"max_ms\":%.3f},", name,
           h->count, h->count ? h->sum / 1e6 / h->count : 0, milliseconds(h, 0.5), milliseconds(h, 0.9), milliseconds(h, 0.99), milliseconds(h, 0.999), h->max / 1e6);
}

static void open_socket(void) {
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(67), .sin_addr.s_addr = option.relay};
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons(67), .sin_addr.s_addr = option.server};
    int one = 1, buffer = 16 << 20; /* the generator must not be the one that drops */
    sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock < 0) fail("socket");
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(sock, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
    setsockopt(sock, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one);
    if (bind(sock, (struct sockaddr *) &own, sizeof own)) fail("bind to port 67 of the relay's address");
    /* Connected, it takes replies from the server's address only, and the kernel looks up the route once. */
    if (!option.partner && connect(sock, (struct sockaddr *) &peer, sizeof peer)) fail("connect");
    servers[0] = servers[1] = peer;
    servers[1].sin_addr.s_addr = option.partner;
    for (unsigned i = 0; i < BATCH; i++) {
        out_vectors[i] = (struct iovec) {out[i], MESSAGE_MIN};
        out_messages[i].msg_hdr = (struct msghdr) {.msg_iov = out_vectors + i, .msg_iovlen = 1};
        in_vectors[i] = (struct iovec) {in[i], MESSAGE_MAX};
        in_messages[i].msg_hdr = (struct msghdr) {.msg_iov = in_vectors + i, .msg_iovlen = 1, .msg_control = in_control[i]};
    }
}

static void usage(void) {
    fprintf(stderr,
            "usage: generator --server ADDRESS --relay ADDRESS [--mode dora|discover|renew] [--rate PER_SECOND]\n"
            "  [--seconds S] [--clients N] [--first CLIENT] [--timeout S] [--tick S] [--pid PROCESS_OF_THE_SERVER]\n"
            "  [--partner ADDRESS_OF_A_SECOND_SERVER] [--partner-pid ITS_PROCESS]\n"
            "renew: every client gets a lease first, at the same rate, unmeasured; give as few as --clients as you like\n");
    exit(2);
}

static void parse(int argc, char **argv) {
    static const struct option names[] = {
        {"server", 1, 0, 's'}, {"relay", 1, 0, 'r'}, {"rate", 1, 0, 'R'}, {"seconds", 1, 0, 'S'}, {"timeout", 1, 0, 't'},
        {"tick", 1, 0, 'T'}, {"clients", 1, 0, 'c'}, {"first", 1, 0, 'f'}, {"mode", 1, 0, 'm'}, {"pid", 1, 0, 'p'}, {"partner", 1, 0, 'q'},
        {"partner-pid", 1, 0, 'P'}, {0}};
    for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        switch (c) {
            case 's': option.server = inet_addr(optarg); break;
            case 'r': option.relay = inet_addr(optarg); break;
            case 'R': option.rate = atof(optarg); break;
            case 'S': option.seconds = atof(optarg); break;
            case 't': option.timeout = atof(optarg); break;
            case 'T': option.tick = atof(optarg); break;
            case 'c': option.clients = atol(optarg); break;
            case 'f': option.first = atol(optarg); break;
            case 'p': option.pid = atoi(optarg); break;
            case 'q': option.partner = inet_addr(optarg); break;
            case 'P': option.partner_pid = atoi(optarg); break;
            case 'm':
                if (!strcmp(optarg, "dora")) option.mode = DORA;
                else if (!strcmp(optarg, "discover")) option.mode = DISCOVERS;
                else if (!strcmp(optarg, "renew")) option.mode = RENEWALS;
                else usage();
                break;
            default: usage();
        }
    }
    if (!option.server || !option.relay || !(option.rate > 0) || !(option.seconds > 0) || !option.clients) usage();
}

int main(int argc, char **argv) {
    parse(argc, argv);
    prctl(PR_SET_TIMERSLACK, 1000);
    open_socket();
    uint64_t size = 1 << 12;
    while (size < 4 * option.rate * (option.timeout + 1)) size *= 2;
    ring = calloc(size, sizeof *ring);
    ring_mask = size - 1;
    next_xid = (uint32_t) now(CLOCK_REALTIME) ^ (uint32_t) getpid() << 16; /* replies to an earlier run are strange ones */
    if (option.mode == RENEWALS) {
        leases = calloc(option.clients, sizeof *leases);
        if (!leases) fail("memory for the leases");
        run(option.rate, 1e6, option.clients);
        memset(&counts, 0, sizeof counts);
    }
    if (!ring) fail("memory for the exchanges");

    double server = process_seconds(), machine = machine_seconds(), own = own_seconds();
    int64_t start = now(CLOCK_MONOTONIC);
    double took = run(option.rate, option.seconds, UINT64_MAX);
    double window = (now(CLOCK_MONOTONIC) - start) / 1e9;
    own = own_seconds() - own, machine = machine_seconds() - machine, server = process_seconds() - server;

    printf("{\"mode\":\"%s\",\"rate\":%.0f,\"seconds\":%.3f,\"window_seconds\":%.3f,\"sent\":%lu,\"completed\":%lu,"
           "\"sent_per_second\":%.1f,\"completed_per_second\":%.1f,\"drops\":%lu,\"drop_ratio\":%.6f,\"offers\":%lu,\"acks\":%lu,"
           "\"naks\":%lu,\"late\":%lu,\"strange\":%lu,",
           (const char *[]) {"dora", "discover", "renew"}[option.mode], option.rate, took, window, counts.sent, counts.completed,
           counts.sent / took, counts.completed / took, counts.sent - counts.completed,
           (double) (counts.sent - counts.completed) / (counts.sent ? counts.sent : 1), counts.offers, counts.acks, counts.naks,
           counts.late, counts.strange);
    printf("\"longest_gap_ms\":%.1f,", counts.gap_max / 1e6);
    print_histogram("discover_offer", &counts.discover_offer);
    print_histogram("request_ack", &counts.request_ack);
    print_histogram("exchange", &counts.exchange);
    print_histogram("send_lag", &counts.lag);
    printf("\"server_cpu_seconds\":%.2f,\"generator_cpu_seconds\":%.3f,\"machine_cpu_seconds\":%.2f,\"cpus\":%ld}\n", server, own,
           machine, sysconf(_SC_NPROCESSORS_ONLN));
    return 0;
}
