#!/bin/sh
# What udhcpc runs at each event: gives the interface its address and the way out.
echo "$1 $ip"
case $1 in
  deconfig)
    ip address flush dev "$interface"
    ;;
  bound | renew)
    ip address replace "$ip/$mask" dev "$interface"
    for router in $router; do ip route replace default via "$router"; done
    ;;
esac
