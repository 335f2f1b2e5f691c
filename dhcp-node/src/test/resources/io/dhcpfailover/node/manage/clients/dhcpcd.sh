#!/bin/sh
# Starts dhcpcd with folders of its own in the place of /run and /var/lib/dhcpcd, which are built in. "ip netns exec"
# has made the mounts that this program sees private to it.
# usage: dhcpcd.sh DATABASE CONFIGURATION
set -e
mount -t tmpfs tmpfs /run
mount --bind "$1" /var/lib/dhcpcd
exec dhcpcd -4 -B -d -f "$2" eth0
