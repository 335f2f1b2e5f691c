/*
 * The least that a server can do: answers each DISCOVER with an OFFER and each REQUEST with an ACK, remembers nothing and
 * writes nothing. Measured like a server, it shows what generator, kernel and machine allow at most.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define BATCH 64
#define LENGTH 300

int main(int argc, char **argv) {
    static unsigned char data[BATCH][1500];
    static struct sockaddr_in peers[BATCH];
    static struct iovec vectors[BATCH];
    static struct mmsghdr messages[BATCH];
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(67)};
    int sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (argc != 2 || !inet_aton(argv[1], &own.sin_addr) || bind(sock, (struct sockaddr *) &own, sizeof own)) {
        perror("mirror ADDRESS");
        return 1;
    }
    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            vectors[i] = (struct iovec) {data[i], sizeof data[i]};
            messages[i].msg_hdr = (struct msghdr) {
                .msg_iov = vectors + i, .msg_iovlen = 1, .msg_name = peers + i, .msg_namelen = sizeof peers[i]};
        }
        int n = recvmmsg(sock, messages, BATCH, MSG_WAITFORONE, NULL);
        for (int i = 0; i < n; i++) {
            unsigned char *m = data[i];
            /* The generator puts the message type first. The address is of 10.64.0.0/10, by the client's number. */
            unsigned char options[] = {53, 1, m[242] == 1 ? 2 : 5, 54, 4, 0, 0, 0, 0, 51, 4, 0, 0, 14, 16, 255};
            memcpy(options + 5, &own.sin_addr, 4);
            m[0] = 2;
            m[16] = 10, m[17] = 64 + (m[31] & 63), m[18] = m[32], m[19] = m[33];
            memset(m + 240, 0, LENGTH - 240);
            memcpy(m + 240, options, sizeof options);
            vectors[i].iov_len = LENGTH;
        }
        for (int i = 0; i < n;) {
            int sent = sendmmsg(sock, messages + i, n - i, 0);
            i += sent > 0 ? sent : 1;
        }
    }
}
