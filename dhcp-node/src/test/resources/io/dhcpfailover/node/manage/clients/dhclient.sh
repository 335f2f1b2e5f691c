#!/bin/sh
# What dhclient runs at each event: gives the interface its address and the way out. Looks first whether another
# machine has the address; dhclient declines it where this script fails then.
echo "$reason $new_ip_address"
case $reason in
  BOUND | REBOOT)
    busybox arping -D -q -c 2 -w 2 -I "$interface" "$new_ip_address" || exit 1
    ;;
esac
case $reason in
  BOUND | REBOOT | RENEW | REBIND)
    ip address replace "$new_ip_address/$new_subnet_mask" dev "$interface"
    for router in $new_routers; do ip route replace default via "$router"; done
    ;;
  EXPIRE | FAIL | RELEASE | STOP)
    ip address flush dev "$interface"
    ;;
esac
exit 0
