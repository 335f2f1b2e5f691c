#!/bin/sh
# What udhcpc, dhclient and dhcpcd run at each event: a line in the file "events" beside this one, and the interface's
# address, which dhcpcd gives it itself. udhcpc says what happened by its argument, the others by $reason.
folder=${0%/*}
address=${new_ip_address:-$ip}
case ${reason:-$1} in
  bound | renew | BOUND | RENEW | REBIND | REBOOT)
    case $0 in */DHCPCD/*) ;; *)
      ip address replace "$address/${new_subnet_mask:-$mask}" dev "$interface"
      for router in $new_routers $router; do ip route replace default via "$router"; done
      ;;
    esac
    ;;
  deconfig | EXPIRE | FAIL | RELEASE | STOP)
    case $0 in */DHCPCD/*) ;; *) ip address flush dev "$interface" ;; esac
    ;;
esac
echo "$(date +%s%3N) ${reason:-$1} ${address:--} ${new_dhcp_server_identifier:-${serverid:--}} ${new_dhcp_lease_time:-${lease:-0}}" >>"$folder/events"
